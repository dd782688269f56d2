package org.asbeam.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** What jobs with a cluster have in common, as pipeline options; see {@link CommonOptions}. */
public interface ClusterOptions extends CommonOptions {
  @Description("Nodes of the cluster to ask first; one that answers is enough.")
  @Default.String("127.0.0.1")
  String getHost();

  void setHost(String value);

  @Description("Port of the nodes in --host that name none.")
  @Default.Integer(3000)
  Integer getPort();

  void setPort(Integer value);

  @Description("Namespace, for a restore SOURCE[,TARGET].")
  String getNamespace();

  void setNamespace(String value);

  @Description("Leave out records.")
  @Default.Boolean(false)
  Boolean getNoRecords();

  void setNoRecords(Boolean value);

  @Description("Leave out secondary indexes.")
  @Default.Boolean(false)
  Boolean getNoIndexes();

  void setNoIndexes(Boolean value);

  @Description("Leave out UDF modules.")
  @Default.Boolean(false)
  Boolean getNoUdfs();

  void setNoUdfs(Boolean value);

  @Description("Compression of the backup files.")
  String getCompress();

  void setCompress(String value);
}

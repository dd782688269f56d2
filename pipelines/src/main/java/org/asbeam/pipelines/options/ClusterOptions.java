package org.asbeam.pipelines.options;

import org.apache.beam.sdk.options.Description;

/**
 * What jobs with a cluster have in common, as pipeline options. Made from the table, {@link
 * Options}, which reads the texts and knows the defaults: a property that nobody sets is null.
 */
public interface ClusterOptions extends CommonOptions {
  @Description(
      "backup: Namespace to back up. Required, except with --resume and --remove-artifacts."
          + " restore: Namespace that the backup is of, and the one to restore into if it is"
          + " another. Required, except with --validate. Secondary indexes go to the target too.")
  String getNamespace();

  void setNamespace(String value);

  @Description(
      "Only records of these sets; records in no set are left out then. Secondary indexes are not.")
  String getSet();

  void setSet(String value);

  @Description("Only these bins. A record that has none of them is left out.")
  String getBinList();

  void setBinList(String value);

  @Description("Leave out records.")
  Boolean getNoRecords();

  void setNoRecords(Boolean value);

  @Description("Leave out secondary indexes.")
  Boolean getNoIndexes();

  void setNoIndexes(Boolean value);

  @Description("Leave out UDF modules.")
  Boolean getNoUdfs();

  void setNoUdfs(Boolean value);

  @Description(
      "backup: Finish the unfinished backup in the folder. What was to be backed up, and how, is"
          + " as it was when the run began; only connection, limits, patience, --parallel,"
          + " --wait-stable and --allow-unstable count anew. restore: Go on with a restore of this"
          + " backup that did not end.")
  Boolean getResume();

  void setResume(Boolean value);

  @Description("Records per second, all workers together. 0: no limit. Default: 0.")
  String getRecordsPerSecond();

  void setRecordsPerSecond(String value);

  @Description(
      "Bytes of backup text per second, before compression, all workers together. 0: no limit. A"
          + " bare number is MiB/s. Default: 0.")
  String getBandwidth();

  void setBandwidth(String value);

  @Description(
      "Backup: how often a partition is asked for again; default: as often as the stall timeout"
          + " allows. Restore: how often a request that got no answer is sent again, before that"
          + " counts as one of --retry-max-retries; default: 5.")
  Integer getMaxRetries();

  void setMaxRetries(Integer value);

  @Description(
      "How long a node may be silent. 0: as long as the request may take. Default: backup, as long"
          + " as it can show that it works; restore, 10s. A bare number is milliseconds.")
  String getSocketTimeout();

  void setSocketTimeout(String value);

  @Description(
      "How long the scan of a slice, or a request that writes, may take. 0: no limit of ours."
          + " Default: backup, none; restore, 10s. A bare number is milliseconds.")
  String getTotalTimeout();

  void setTotalTimeout(String value);

  @Description(
      "How long nothing may get further while nodes fail or are overloaded. Then the job ends, and"
          + " can be resumed. A bare number is seconds. Default: 5m.")
  String getStallTimeout();

  void setStallTimeout(String value);

  @Description(
      "How long a node may take to answer an info command. A bare number is milliseconds. Default:"
          + " 10s.")
  String getInfoTimeout();

  void setInfoTimeout(String value);

  @Description(
      "Pause before an info command is repeated for the first time. A bare number is milliseconds."
          + " Default: 1s.")
  String getInfoRetryTimeout();

  void setInfoRetryTimeout(String value);

  @Description("What the pause is multiplied with for each further time. Default: 1.")
  String getInfoRetryMultiplier();

  void setInfoRetryMultiplier(String value);

  @Description("How often an info command is repeated. Default: 3.")
  Integer getInfoMaxRetries();

  void setInfoMaxRetries(Integer value);

  @Description(
      "Nodes of the cluster to ask first; one that answers is enough. IPv6 addresses stand in"
          + " brackets. Default: 127.0.0.1.")
  String getHost();

  void setHost(String value);

  @Description("Port of the nodes in --host that name none. Default: 3000.")
  Integer getPort();

  void setPort(Integer value);

  @Description("Use the addresses that nodes announce as alternate.")
  Boolean getServicesAlternate();

  void setServicesAlternate(Boolean value);

  @Description("User to log in as.")
  String getUser();

  void setUser(String value);

  @Description(
      "Password: env:NAME, env-b64:NAME, b64:TEXT, file:PATH, secrets:RESOURCE:KEY, or itself."
          + " Without a value it is asked for. Give a reference: it is shown to anybody.")
  String getPassword();

  void setPassword(String value);

  @Description(
      "How to log in: by the cluster's own users, by LDAP, by the certificate. Default: INTERNAL.")
  String getAuth();

  void setAuth(String value);

  @Description(
      "How long a node may take to let us connect. A bare number is milliseconds. Default: 30s.")
  String getClientTimeout();

  void setClientTimeout(String value);

  @Description(
      "How long a connection may lie unused before it is closed; less than the server's own limit."
          + " A bare number is milliseconds. Default: 60s.")
  String getClientIdleTimeout();

  void setClientIdleTimeout(String value);

  @Description("How long a log-in may take. A bare number is milliseconds. Default: 10s.")
  String getClientLoginTimeout();

  void setClientLoginTimeout(String value);

  @Description("Connect by TLS.")
  Boolean getTlsEnable();

  void setTlsEnable(Boolean value);

  @Description("Name in the nodes' certificates, for nodes in --host that name none.")
  String getTlsName();

  void setTlsName(String value);

  @Description(
      "Certificates to trust, in PEM. A file, or its content as env:NAME, env-b64:NAME, b64:TEXT"
          + " or secrets:RESOURCE:KEY.")
  String getTlsCafile();

  void setTlsCafile(String value);

  @Description("Folder of certificates to trust.")
  String getTlsCapath();

  void setTlsCapath(String value);

  @Description(
      "Our certificate, for nodes that ask for one. A file, or its content as env:NAME,"
          + " env-b64:NAME, b64:TEXT or secrets:RESOURCE:KEY.")
  String getTlsCertfile();

  void setTlsCertfile(String value);

  @Description(
      "The private key of our certificate. A file, or its content as env:NAME, env-b64:NAME,"
          + " b64:TEXT or secrets:RESOURCE:KEY.")
  String getTlsKeyfile();

  void setTlsKeyfile(String value);

  @Description(
      "Password of that key, in the forms of --password. Give a reference: it is shown to anybody.")
  String getTlsKeyfilePassword();

  void setTlsKeyfilePassword(String value);

  @Description("Versions of TLS, as Apache's SSLProtocol writes them. Default: +TLSv1.2.")
  String getTlsProtocols();

  void setTlsProtocols(String value);
}

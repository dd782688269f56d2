package org.asbeam.transforms.work;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.util.List;
import org.asbeam.aerospike.ScanFilter;
import org.asbeam.format.PartitionSet;

/**
 * What of a namespace is backed up. Every part narrows it; a record is backed up if all agree.
 *
 * @param partitions the partitions to back up; {@code afterDigest}, nodes and racks are resolved
 *     into it at launch
 * @param afterDigest base64 of a digest: of its partition only the records that a scan delivers
 *     after it; empty: none
 * @param nodes names or service addresses; only partitions whose master is one of them when the run
 *     is planned; empty: all nodes
 * @param racks the same by rack ids; empty: all racks
 * @param filter which records, as far as the server can tell
 * @param bins only these bins; records that have none of them are left out; empty: all
 * @param noBins whether records are backed up without their bins; nobody can restore them
 * @param maxRecords at most this many records in the whole run; 0: all
 * @param records whether records are backed up
 * @param indexes whether secondary indexes are backed up
 * @param udfs whether UDF modules are backed up
 */
@RecordBuilder
public record BackupScope(
    PartitionSet partitions,
    String afterDigest,
    List<String> nodes,
    List<Integer> racks,
    ScanFilter filter,
    List<String> bins,
    boolean noBins,
    long maxRecords,
    boolean records,
    boolean indexes,
    boolean udfs)
    implements Serializable, BackupScopeBuilder.With {

  /** Everything in a namespace. */
  public static BackupScope everything() {
    return new BackupScope(
        PartitionSet.all(),
        "",
        List.of(),
        List.of(),
        ScanFilter.NONE,
        List.of(),
        false,
        0,
        true,
        true,
        true);
  }
}

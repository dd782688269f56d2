package org.asbeam.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.aerospike.client.AerospikeClient;
import com.aerospike.client.AerospikeException;
import com.aerospike.client.BatchDelete;
import com.aerospike.client.BatchRead;
import com.aerospike.client.BatchRecord;
import com.aerospike.client.BatchWrite;
import com.aerospike.client.Bin;
import com.aerospike.client.Info;
import com.aerospike.client.Key;
import com.aerospike.client.Language;
import com.aerospike.client.Operation;
import com.aerospike.client.Record;
import com.aerospike.client.Value;
import com.aerospike.client.exp.Exp;
import com.aerospike.client.policy.BatchPolicy;
import com.aerospike.client.policy.BatchWritePolicy;
import com.aerospike.client.policy.GenerationPolicy;
import com.aerospike.client.policy.Policy;
import com.aerospike.client.policy.RecordExistsAction;
import com.aerospike.client.policy.ScanPolicy;
import com.aerospike.client.policy.WritePolicy;
import com.aerospike.client.query.IndexType;
import com.aerospike.client.query.PartitionFilter;
import com.aerospike.client.query.PartitionStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What backup and restore rely on, written once: it runs on the embedded node, and on a real server
 * where there is one, so that the two can't drift apart.
 */
abstract class ContractTest {
  private static final String NS = "test";
  private static final String SET = "embedded_contract";

  private AerospikeClient client;
  private final List<Key> written = new ArrayList<>();

  abstract String server();

  @BeforeEach
  void connect() {
    client = Clients.connect(server());
  }

  @AfterEach
  void disconnect() {
    written.forEach(key -> client.delete(null, key));
    client.close();
  }

  private Key key(Object name) {
    Key key = new Key(NS, SET, Value.get(name));
    client.delete(null, key);
    written.add(key);
    return key;
  }

  private static WritePolicy policy(RecordExistsAction action) {
    WritePolicy policy = new WritePolicy();
    policy.recordExistsAction = action;
    return policy;
  }

  private static int code(Runnable command) {
    try {
      command.run();
      return ResultCode.OK;
    } catch (AerospikeException e) {
      return e.getResultCode();
    }
  }

  private int put(WritePolicy policy, Key key, Bin... bins) {
    return code(() -> client.put(policy, key, bins));
  }

  @Test
  void whetherTheRecordMayOrMustExist() {
    Key key = key("exists");
    Bin bin = new Bin("i", 1);

    assertThat(put(policy(RecordExistsAction.UPDATE_ONLY), key, bin)).isEqualTo(2);
    assertThat(put(policy(RecordExistsAction.REPLACE_ONLY), key, bin)).isEqualTo(2);
    assertThat(code(() -> client.touch(null, key))).isEqualTo(2);
    assertThat(put(policy(RecordExistsAction.CREATE_ONLY), key, bin)).isZero();
    assertThat(put(policy(RecordExistsAction.CREATE_ONLY), key, bin)).isEqualTo(5);
    assertThat(put(policy(RecordExistsAction.UPDATE), key, new Bin("j", 2))).isZero();
    assertThat(client.get(null, key).bins).isEqualTo(Map.of("i", 1L, "j", 2L));
    assertThat(put(policy(RecordExistsAction.REPLACE), key, new Bin("k", 3))).isZero();
    assertThat(client.get(null, key).bins).isEqualTo(Map.of("k", 3L));
    assertThat(client.get(null, key).generation).isEqualTo(3);
    assertThat(client.delete(null, key)).isTrue();
    assertThat(client.delete(null, key)).isFalse();
    assertThat(client.get(null, key)).isNull();
  }

  @Test
  void generations() {
    Key key = key("generation");
    WritePolicy equal = new WritePolicy();
    equal.generationPolicy = GenerationPolicy.EXPECT_GEN_EQUAL;
    WritePolicy greater = new WritePolicy();
    greater.generationPolicy = GenerationPolicy.EXPECT_GEN_GT;
    Bin bin = new Bin("i", 1);

    equal.generation = 1;
    assertThat(put(equal, key, bin)).as("equal 1, no record").isEqualTo(3);
    equal.generation = 0;
    assertThat(put(equal, key, bin)).as("equal 0, no record").isZero();
    equal.generation = 1;
    assertThat(put(equal, key, bin)).isZero();
    greater.generation = 2;
    assertThat(put(greater, key, bin)).isEqualTo(3);
    greater.generation = 3;
    assertThat(put(greater, key, bin)).isZero();
    assertThat(client.get(null, key).generation).isEqualTo(3);
    equal.generation = 9;
    assertThat(code(() -> client.delete(equal, key))).isEqualTo(3);
    equal.generation = 3;
    assertThat(client.delete(equal, key)).isTrue();
    greater.generation = 0;
    assertThat(put(greater, key, bin)).as("greater 0, no record").isEqualTo(3);
  }

  @Test
  void timesToLive() {
    Key key = key("ttl");
    WritePolicy policy = new WritePolicy();
    Bin bin = new Bin("i", 1);

    policy.expiration = 1000;
    assertThat(put(policy, key, bin)).isZero();
    assertThat(client.get(null, key).getTimeToLive()).isBetween(900, 1000);
    policy.expiration = -2;
    assertThat(put(policy, key, bin)).isZero();
    assertThat(client.get(null, key).getTimeToLive()).isBetween(900, 1000);
    policy.expiration = -1;
    assertThat(put(policy, key, bin)).isZero();
    assertThat(client.get(null, key).expiration).isZero();
    policy.expiration = 10 * 365 * 86400;
    assertThat(put(policy, key, bin)).isZero();
    policy.expiration++;
    assertThat(put(policy, key, bin)).isEqualTo(4);
  }

  @Test
  void binsThatAreRemoved() {
    Key key = key("nil");

    assertThat(put(null, key, Bin.asNull("i"))).as("nil to no record").isEqualTo(2);
    assertThat(put(null, key, new Bin("i", 1), new Bin("j", 2))).isZero();
    assertThat(put(null, key, Bin.asNull("i"))).isZero();
    assertThat(client.get(null, key).bins).isEqualTo(Map.of("j", 2L));
    assertThat(put(policy(RecordExistsAction.REPLACE), key, Bin.asNull("j"))).isEqualTo(4);
    assertThat(put(null, key, Bin.asNull("j"))).isZero();
    assertThat(client.exists(null, key)).isFalse();
  }

  @Test
  void setsAndStoredKeys() {
    Key key = key("keys");
    WritePolicy sendKey = new WritePolicy();
    sendKey.sendKey = true;
    Bin bin = new Bin("i", 1);
    assertThat(put(sendKey, key, bin)).isZero();
    Key otherKey = new Key(NS, key.digest, SET, Value.get("other"));
    Key otherSet = new Key(NS, key.digest, SET + "2", null);
    Key noSet = new Key(NS, key.digest, null, null);

    assertThat(put(sendKey, otherKey, bin)).isEqualTo(19);
    assertThat(put(null, otherSet, bin)).isEqualTo(4);
    assertThat(put(null, noSet, bin)).isEqualTo(4);
    assertThat(code(() -> client.get(null, otherSet))).isEqualTo(4);
    assertThat(client.get(null, noSet)).isNotNull();
    assertThat(put(policy(RecordExistsAction.REPLACE), key, new Bin("j", 1))).isZero();
    assertThat(scan(PartitionFilter.id(partition(key))))
        .as("the key stays when the record is replaced without one")
        .anySatisfy(found -> assertThat(found.userKey).isEqualTo(Value.get("keys")));
  }

  private static int partition(Key key) {
    return Namespace.partitionOf(key.digest, 0);
  }

  private List<Key> scan(PartitionFilter filter) {
    List<Key> keys = new ArrayList<>();
    ScanPolicy policy = new ScanPolicy();
    client.scanPartitions(policy, filter, NS, SET, (key, record) -> keys.add(key));
    return keys;
  }

  @Test
  void operations() {
    Key key = key("operate");
    client.put(null, key, new Bin("i", 1), new Bin("s", "b"), new Bin("d", 1.5));

    Record record =
        client.operate(
            null,
            key,
            Operation.add(new Bin("i", 4)),
            Operation.add(new Bin("new", 4)),
            Operation.append(new Bin("s", "c")),
            Operation.prepend(new Bin("s", "a")),
            Operation.add(new Bin("d", 0.5)),
            Operation.get());

    assertThat(record.bins).isEqualTo(Map.of("i", 5L, "s", "abc", "d", 2.0, "new", 4L));
    assertThat(code(() -> client.add(null, key, new Bin("s", 1)))).isEqualTo(12);
    assertThat(code(() -> client.append(null, key, new Bin("i", "x")))).isEqualTo(12);
    assertThat(code(() -> client.add(policy(RecordExistsAction.REPLACE), key, new Bin("i", 1))))
        .isEqualTo(4);
    Operation[] deleteAndPut = {Operation.delete(), Operation.put(new Bin("only", 1))};
    client.operate(null, key, deleteAndPut);
    assertThat(client.get(null, key).bins).isEqualTo(Map.of("only", 1L));
  }

  @Test
  void particles() {
    Key key = key("particles");
    byte[] list = {(byte) 0x92, 1, 2};
    assertThat(put(null, key, raw(1, 0, 0, 0, 5))).isZero();
    assertThat(client.get(null, key).getLong("b")).isEqualTo(5);
    assertThat(put(null, key, raw(1, -1, -1, -1, -5))).isZero();
    assertThat(client.get(null, key).getLong("b")).as("short: no sign").isEqualTo(0xfffffffbL);
    assertThat(put(null, key, raw(1, 1, 2, 3))).isEqualTo(4);
    assertThat(put(null, key, raw(2, 1, 2, 3, 4))).isEqualTo(4);
    assertThat(put(null, key, raw(17, 1))).isZero();
    assertThat(put(null, key, raw(17, 1, 1))).isEqualTo(4);
    assertThat(put(null, key, new Bin("b", new Value.BytesValue(list, 20)))).isZero();
    assertThat(client.get(null, key).getList("b")).hasSize(2);
    assertThat(put(null, key, raw(20, 0x92, 1))).isEqualTo(1);
    assertThat(put(null, key, raw(19, 0x92, 1, 2))).isEqualTo(1);
    assertThat(put(null, key, raw(7, 1, 2))).isZero();
    assertThat(put(null, key, raw(16, 1, 2))).isZero();
    assertThat(put(null, key, raw(13, 1, 2))).isEqualTo(4);
    assertThat(put(null, key, raw(25, 1, 2))).isEqualTo(4);
    assertThat(put(null, key, raw(18, 1, 2))).isEqualTo(4);
    assertThat(put(null, key, raw(23, 0, 0, 0, 'x'))).isEqualTo(160);
    assertThat(put(null, key, new Bin("b", "x".repeat((1 << 20) + 100)))).isEqualTo(13);
  }

  private static Bin raw(int type, int... bytes) {
    byte[] value = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      value[i] = (byte) bytes[i];
    }
    return new Bin("b", new Value.BytesValue(value, type));
  }

  @Test
  void filtersOnCommands() {
    Key key = key("filter");
    WritePolicy no = new WritePolicy();
    no.filterExp = Exp.build(Exp.eq(Exp.intBin("i"), Exp.val(99)));
    no.failOnFilteredOut = true;

    assertThat(put(no, key, new Bin("i", 1))).as("creates").isZero();
    assertThat(put(no, key, new Bin("i", 2))).isEqualTo(27);
    Policy read = new Policy(no);
    read.failOnFilteredOut = true;
    assertThat(code(() -> client.get(read, key))).isEqualTo(27);
    assertThat(code(() -> client.delete(no, key))).isEqualTo(27);
    assertThat(client.get(null, key).getLong("i")).isEqualTo(1);
  }

  @Test
  void batchesOfEverything() {
    Key a = key("batch-a");
    Key b = key("batch-b");
    Key c = key("batch-c");
    Key missing = key("batch-missing");
    client.put(null, b, new Bin("i", 1));
    client.put(null, c, new Bin("i", 7));
    Operation[] put = {Operation.put(new Bin("i", 5))};
    BatchWritePolicy createOnly = new BatchWritePolicy();
    createOnly.recordExistsAction = RecordExistsAction.CREATE_ONLY;
    List<BatchRecord> batch =
        List.of(
            new BatchWrite(null, a, put),
            new BatchWrite(createOnly, b, put),
            new BatchRead(null, c, true),
            new BatchRead(null, c, new String[] {"none"}),
            new BatchDelete(missing),
            new BatchRead(null, missing, false));

    BatchPolicy all = new BatchPolicy();
    all.respondAllKeys = true;
    client.operate(all, batch);

    assertThat(batch.stream().map(row -> row.resultCode)).containsExactly(0, 5, 0, 0, 2, 2);
    assertThat(batch.get(2).record.getLong("i")).isEqualTo(7);
    assertThat(batch.get(3).record.bins).isNullOrEmpty();
    assertThat(client.get(null, a).getLong("i")).isEqualTo(5);
    assertThat(client.get(null, b).getLong("i")).isEqualTo(1);
  }

  @Test
  void scansGoDownTheDigestsAndGoOnAnywhere() {
    List<byte[]> digests = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < 60; i++) {
      byte[] digest = new byte[20];
      random.nextBytes(digest);
      // All in partition 0x123.
      digest[0] = 0x23;
      digest[1] = (byte) (digest[1] & 0xf0 | 0x01);
      Key key = new Key(NS, digest, SET, null);
      client.put(null, key, new Bin("i", i));
      written.add(key);
      digests.add(digest);
    }
    digests.sort((x, y) -> Arrays.compareUnsigned(y, x));

    assertThat(digestsOf(scan(PartitionFilter.id(0x123)))).containsExactlyElementsOf(digests);
    for (int i = 0; i < 10; i++) {
      byte[] cursor = digests.get(random.nextInt(digests.size())).clone();
      // Half of the cursors are digests that no record has.
      cursor[19] ^= (byte) (i & 1);
      PartitionFilter behind = PartitionFilter.id(0x123);
      PartitionStatus status = new PartitionStatus(0x123);
      status.digest = cursor;
      status.retry = true;
      behind.setPartitions(new PartitionStatus[] {status});

      assertThat(digestsOf(scan(behind)))
          .containsExactlyElementsOf(
              digests.stream().filter(d -> Arrays.compareUnsigned(d, cursor) < 0).toList());
    }
  }

  private static List<byte[]> digestsOf(List<Key> keys) {
    return keys.stream().map(key -> key.digest).toList();
  }

  @Test
  void indexes() {
    String name = "embedded_ix";
    client.dropIndex(null, NS, SET, name);
    client.createIndex(null, NS, SET, name, "i", IndexType.NUMERIC).waitTillComplete(50);

    String list = info("sindex-list:namespace=test;b64=true");
    assertThat(list)
        .contains(
            "ns=test:indexname=embedded_ix:set="
                + SET
                + ":bin=i:type=numeric:indextype=default"
                + ":context=null:exp=null:state=RW");
    assertThat(info("sindex-exists:namespace=test;indexname=" + name)).isEqualTo("true");
    String definition = "namespace=test;set=" + SET + ";indexname=";
    assertThat(info("sindex-create:" + definition + name + ";indexdata=i,NUMERIC")).isEqualTo("ok");
    assertThat(info("sindex-create:" + definition + name + ";indexdata=j,STRING"))
        .startsWith("ERROR:200:");
    assertThat(info("sindex-create:" + definition + name + "2;indexdata=i,NUMERIC"))
        .as("the same definition under another name")
        .isEqualTo("ok");
    assertThat(info("sindex-exists:namespace=test;indexname=" + name)).isEqualTo("false");
    assertThat(info("sindex-delete:" + definition + name + "2")).isEqualTo("ok");
    assertThat(info("sindex-stat:namespace=test;indexname=" + name))
        .isEqualTo("ERROR:201:no index");
  }

  @Test
  void udfs() {
    byte[] code = "function embedded(r) return 1 end\n".getBytes(StandardCharsets.UTF_8);
    client
        .registerUdfString(
            null, new String(code, StandardCharsets.UTF_8), "embedded.lua", Language.LUA)
        .waitTillComplete(50);

    assertThat(info("udf-list")).contains("filename=embedded.lua,hash=");
    assertThat(info("udf-get:filename=embedded.lua"))
        .isEqualTo("type=LUA;content=" + Base64.getEncoder().encodeToString(code) + ";");
    client.removeUdf(null, "embedded.lua");
    assertThat(info("udf-list")).doesNotContain("embedded.lua");
    assertThat(info("udf-get:filename=embedded.lua")).isEqualTo("error=not_found");
  }

  private String info(String command) {
    return Info.request(null, client.getNodes()[0], command);
  }
}

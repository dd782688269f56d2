package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aerospike.client.Key;
import com.aerospike.client.Record;
import com.aerospike.client.exp.Exp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.Partitions;
import org.asbeam.format.RecordView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a scan does on every server; its oracle is the client's own partition query. */
abstract class ScanContract {
  private static final String SET = "aerospike_scan";
  private static final int RECORDS = 2000;

  private Fixture fixture;

  abstract String start() throws Exception;

  abstract void stop();

  @BeforeEach
  void fill() throws Exception {
    fixture = new Fixture(start());
    fixture.put(SET, RECORDS);
  }

  @AfterEach
  void empty() {
    fixture.delete(SET);
    fixture.close();
    stop();
  }

  @Test
  void findsWhatTheClientFinds() throws Exception {
    List<String> digests = new ArrayList<>();
    ScanOutcome outcome =
        scanner().scan(all(), row -> digests.add(Fixture.hex(row.digest())), () -> false);
    assertThat(outcome.complete()).isTrue();
    assertThat(outcome.records()).isEqualTo(RECORDS);
    assertThat(outcome.retries()).isZero();
    assertThat(digests).hasSize(RECORDS).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(digests)).isEqualTo(fixture.digests(SET));
  }

  @Test
  void handsOverWholeRecords() throws Exception {
    Map<String, String> rows = new HashMap<>();
    scanner().scan(all(), row -> rows.put(Fixture.hex(row.digest()), describe(row)), () -> false);
    for (int i = 0; i < RECORDS; i++) {
      Key key = Fixture.key(SET, i);
      Record record = fixture.oracle.get(null, key);
      assertThat(rows.get(Fixture.hex(key.digest)))
          .isEqualTo(
              SET
                  + " "
                  + (i % 2 == 0 ? "key " + i : "no key")
                  + " g"
                  + record.generation
                  + " v"
                  + Integer.toUnsignedLong(record.expiration)
                  + " i=1:8 s=3:"
                  + ("value " + i).length());
    }
  }

  @Test
  void readsOnlyThePartitionsItIsGiven() throws Exception {
    PartitionSet partitions = PartitionSet.parse("0,5-99,4000-4095");
    List<Integer> seen = new ArrayList<>();
    PartitionCursors cursors = PartitionCursors.start(partitions);
    scanner().scan(cursors, row -> seen.add(row.partition()), () -> false);
    assertThat(seen).isNotEmpty().allMatch(partitions::contains);
    assertThat(seen).hasSize((int) fixture.digests(SET).stream().filter(in(partitions)).count());
    assertThat(cursors.isDone()).isTrue();
  }

  @Test
  void asksForSomeOfThePartitionsAtATime() throws Exception {
    PartitionScanner scanner =
        new PartitionScanner(
            fixture.client,
            ScanSpec.of(Fixture.NAMESPACE).withSet(SET).withPartitionsPerRequest(100));
    ScanOutcome outcome = scanner.scan(all(), row -> {}, () -> false);
    assertThat(outcome.requests()).isGreaterThanOrEqualTo(41).isLessThan(60);
    assertThat(outcome.records()).isEqualTo(RECORDS);
  }

  /** Interrupted after every few hundred records, and resumed by a scanner that knows only text. */
  @Test
  void goesOnWhereItStopped() throws Exception {
    List<String> digests = new ArrayList<>();
    CursorSnapshot snapshot = all().snapshot();
    int rounds = 0;
    boolean complete = false;
    while (!complete) {
      PartitionCursors cursors = PartitionCursors.resume(PartitionSet.all(), snapshot);
      int limit = digests.size() + 300;
      ScanOutcome outcome =
          scanner()
              .scan(
                  cursors,
                  row -> digests.add(Fixture.hex(row.digest())),
                  () -> digests.size() >= limit);
      complete = outcome.complete();
      snapshot = cursors.snapshot();
      rounds++;
    }
    assertThat(rounds).isGreaterThan(5);
    assertThat(digests).hasSize(RECORDS).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(digests)).isEqualTo(fixture.digests(SET));
  }

  @Test
  void givesWhatTheHandlerThrowsAndKeepsTheRecord() throws Exception {
    IOException full = new IOException("the disk is full");
    List<String> digests = new ArrayList<>();
    PartitionCursors cursors = all();
    assertThatThrownBy(
            () ->
                scanner()
                    .scan(
                        cursors,
                        row -> {
                          if (digests.size() == 500) {
                            throw full;
                          }
                          digests.add(Fixture.hex(row.digest()));
                        },
                        () -> false))
        .isSameAs(full);
    scanner().scan(cursors, row -> digests.add(Fixture.hex(row.digest())), () -> false);
    assertThat(digests).hasSize(RECORDS).doesNotHaveDuplicates();
  }

  @Test
  void givesTheHandlersMistakes() {
    IllegalArgumentException mistake = new IllegalArgumentException("mistake");
    assertThatThrownBy(
            () ->
                scanner()
                    .scan(
                        all(),
                        row -> {
                          throw mistake;
                        },
                        () -> false))
        .isSameAs(mistake);
  }

  @Test
  void stopsAtTheNextRow() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    PartitionCursors cursors = all();
    ScanOutcome outcome = scanner().scan(cursors, row -> stop.set(true), stop::get);
    assertThat(outcome.complete()).isFalse();
    assertThat(outcome.records()).isEqualTo(1);
    assertThat(cursors.isDone()).isFalse();
  }

  @Test
  void letsTheServerFilter() throws Exception {
    String filter = Exp.build(Exp.lt(Exp.intBin("i"), Exp.val(10))).getBase64();
    String none = Exp.build(Exp.eq(Exp.setName(), Exp.val("another"))).getBase64();
    ScanSpec spec = ScanSpec.of(Fixture.NAMESPACE).withSet(SET);
    ScanFilter.Builder inSet = spec.filter().toBuilder();
    assertThat(count(spec.withFilter(inSet.expression(none).build()))).isZero();
    assertThat(count(spec.withFilter(inSet.expression(filter).build()))).isEqualTo(10);
  }

  @Test
  void finishesASetThatIsNotThere() throws Exception {
    PartitionCursors cursors = all();
    ScanOutcome outcome =
        new PartitionScanner(fixture.client, ScanSpec.of(Fixture.NAMESPACE).withSet("nobody"))
            .scan(cursors, row -> {}, () -> false);
    assertThat(outcome.complete()).isTrue();
    assertThat(outcome.records()).isZero();
    assertThat(cursors.isDone()).isTrue();
  }

  @Test
  void refusesANamespaceThatIsNotThere() {
    assertThatThrownBy(
            () ->
                new PartitionScanner(fixture.client, ScanSpec.of("nowhere"))
                    .scan(all(), row -> {}, () -> false))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_SUCH_NAMESPACE))
        .hasMessageContaining("nowhere")
        .hasMessageContaining(Fixture.NAMESPACE);
  }

  @Test
  void refusesAFilterThatTheServerRefuses() {
    // A list of an op code that no server knows, and one that isn't boolean.
    for (String hex : new String[] {"9179", "9145"}) {
      byte[] packed = HexFormat.of().parseHex(hex);
      ScanFilter filter =
          ScanFilter.builder().expression(Base64.getEncoder().encodeToString(packed)).build();
      assertThatThrownBy(() -> count(ScanSpec.of(Fixture.NAMESPACE).withFilter(filter)))
          .isInstanceOfSatisfying(
              ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PROTOCOL))
          .hasMessageContaining("refuses the filter expression (4 Parameter error)");
    }
  }

  private long count(ScanSpec spec) throws IOException {
    return new PartitionScanner(fixture.client, spec).scan(all(), row -> {}, () -> false).records();
  }

  private PartitionScanner scanner() {
    return new PartitionScanner(fixture.client, ScanSpec.of(Fixture.NAMESPACE).withSet(SET));
  }

  private static PartitionCursors all() {
    return PartitionCursors.start(PartitionSet.all());
  }

  private static java.util.function.Predicate<String> in(PartitionSet partitions) {
    return hex -> partitions.contains(Partitions.of(java.util.HexFormat.of().parseHex(hex)));
  }

  private static String describe(RecordView row) {
    StringBuilder text = new StringBuilder(row.set());
    text.append(' ')
        .append(
            row.hasKey()
                ? new String(
                    row.buffer(),
                    row.keyOffset(),
                    row.keyLength(),
                    java.nio.charset.StandardCharsets.UTF_8)
                : "no key");
    text.append(" g").append(row.generation()).append(" v").append(row.voidTime());
    while (row.nextBin()) {
      text.append(' ')
          .append(row.binName())
          .append('=')
          .append(row.binType())
          .append(':')
          .append(row.valueLength());
    }
    return text.toString();
  }
}

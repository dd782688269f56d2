package org.asbeam.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sends to an embedded node what a client once sent to a real server, and expects the real server's
 * answer, byte for byte.
 *
 * <p>Allowed to differ: frame sizes, and the order of partitions in scans. Not replayed: {@code
 * operate} (operations on lists and maps), the query by index in {@code query}, and {@code
 * scan-badns} (the client sends nothing).
 */
class WireReplayTest {
  /** The record that most recordings are about: set conv, user key "a". */
  private static final byte[] DIGEST =
      HexFormat.of().parseHex("23569ca0c38437b04de327d897116ad0ac0aa13e");

  @Test
  void put() throws IOException {
    replay("put", 0, namespace -> {});
  }

  @Test
  void get() throws IOException {
    replay("get", 0, namespace -> replaySilently("put", namespace));
  }

  /** Its GeoJSON is stored as sent; a server adds cells. The answer says nothing of that. */
  @Test
  void putRaw() throws IOException {
    replay("put-raw", 0, namespace -> {});
  }

  @Test
  void digestAndKey() throws IOException {
    replay("digest-key", 0, namespace -> {});
  }

  @Test
  void delete() throws IOException {
    replay(
        "delete",
        0,
        namespace -> {
          byte[] digest = HexFormat.of().parseHex("5fba35147fb99cd904cbede9d59a9cf5a46536de");
          namespace.put(NewRecord.ofDigest("conv", digest).bin("i", 1));
        });
  }

  @Test
  void policies() throws IOException {
    long voidTime = 0x1fc5bb29;
    Consumer<EmbeddedNamespace> one =
        namespace -> namespace.put(NewRecord.ofDigest("conv", DIGEST).bin("i", 1));
    replay("policies", voidTime - 1000, one);
  }

  @Test
  void errors() throws IOException {
    replay("errors", 0, namespace -> namespace.put(NewRecord.ofDigest("conv", DIGEST).bin("i", 1)));
  }

  @Test
  void batchWrite() throws IOException {
    long voidTime = 0x1fc5c555;
    replay("batch-write", voidTime - 3600, namespace -> {});
  }

  @Test
  void batchRead() throws IOException {
    long voidTime = 0x1fc5c555;
    try (EmbeddedCluster cluster = start(voidTime - 3600);
        RawClient client = new RawClient(cluster.port(0))) {
      client.askMany(Conversation.messages("batch-write").get(0).request());
      for (Conversation.Turn turn : Conversation.messages("batch-read")) {
        assertThat(rows(client.askMany(turn.request()))).isEqualTo(rows(turn.answerFrames()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scan",
        "scan-id",
        "scan-after",
        "scan-badset",
        "scan-bins",
        "scan-exp",
        "scan-nobins",
        "scan-rps",
        "scan-set",
        "query"
      })
  void scans(String name) throws IOException {
    try (EmbeddedCluster cluster = start(1);
        RawClient client = new RawClient(cluster.port(0))) {
      seedWhatScansHaveSeen(cluster.namespace("bar"));
      // The second turn of "query" is a query by index.
      Conversation.Turn turn = Conversation.messages(name).get(0);

      List<Frame> frames = client.askMany(turn.request());

      assertThat(new TreeSet<>(rows(frames))).isEqualTo(new TreeSet<>(rows(turn.answerFrames())));
      assertThat(rows(frames)).hasSameSizeAs(rows(turn.answerFrames()));
      assertThat(frames.get(frames.size() - 1).hex())
          .isEqualTo(turn.answerFrames().get(turn.answerFrames().size() - 1).hex());
    }
  }

  /** Which five records come first is the server's affair. */
  @Test
  void scanOfAtMostFiveRecords() throws IOException {
    try (EmbeddedCluster cluster = start(1);
        RawClient client = new RawClient(cluster.port(0))) {
      seedWhatScansHaveSeen(cluster.namespace("bar"));
      Conversation.Turn turn = Conversation.messages("scan-max").get(0);

      List<String> rows = rows(client.askMany(turn.request()));

      assertThat(rows).hasSameSizeAs(rows(turn.answerFrames())).hasSize(6);
    }
  }

  /** A query by index is refused before it starts, with a lone message. */
  @Test
  void queryByIndex() throws IOException {
    try (EmbeddedCluster cluster = start(1);
        RawClient client = new RawClient(cluster.port(0))) {
      Conversation.Turn turn = Conversation.messages("query").get(1);

      Frame answer = client.ask(turn.request());

      assertThat(answer.body()).hasSize(Protocol.HEADER);
      assertThat(answer.body()[5]).isEqualTo((byte) ResultCode.INDEX_NOT_FOUND);
      assertThat(answer.body()[3]).isZero();
    }
  }

  private static EmbeddedCluster start(long seconds) {
    InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(1_262_304_000L + seconds));
    return EmbeddedCluster.builder().namespace("test").namespace("bar").clock(clock).start();
  }

  /** All whole records that the recorded scans have sent; so each scan must select its own. */
  private static void seedWhatScansHaveSeen(EmbeddedNamespace namespace) throws IOException {
    for (String scan : List.of("scan", "scan-id", "scan-exp", "scan-set", "scan-max", "query")) {
      for (Frame frame : Conversation.messages(scan).get(0).answerFrames()) {
        for (byte[] row : frame.rowBytes()) {
          if (!Frame.isLast(row)) {
            namespace.putRow(row);
          }
        }
      }
    }
    // Records of this set are recorded with some of their bins only, or in the query by index.
    for (Frame frame : Conversation.messages("scan-bins").get(0).answerFrames()) {
      for (byte[] row : frame.rowBytes()) {
        if (!Frame.isLast(row)) {
          namespace.putRow(row);
        }
      }
    }
  }

  private static void replaySilently(String name, EmbeddedNamespace namespace) {
    try {
      for (Conversation.Turn turn : Conversation.messages(name)) {
        Request request = Request.parse(turn.requestFrame().body());
        RecordService service = new RecordService(Map.of("test", namespace.internal()));
        service.execute(request, new Reply(64), 0);
      }
    } catch (IOException | RequestException e) {
      throw new AssertionError(e);
    }
  }

  private static void replay(String name, long seconds, Consumer<EmbeddedNamespace> seed)
      throws IOException {
    try (EmbeddedCluster cluster = start(seconds);
        RawClient client = new RawClient(cluster.port(0))) {
      seed.accept(cluster.namespace("test"));
      List<Conversation.Turn> turns = Conversation.messages(name);
      assertThat(turns).isNotEmpty();
      for (int i = 0; i < turns.size(); i++) {
        List<Frame> expected = turns.get(i).answerFrames();
        client.send(turns.get(i).request());
        List<Frame> frames = new ArrayList<>();
        for (int frame = 0; frame < expected.size(); frame++) {
          frames.add(client.receive());
        }
        assertThat(rows(frames)).as("%s, turn %d", name, i).isEqualTo(rows(expected));
      }
    }
  }

  private static List<String> rows(List<Frame> frames) {
    List<String> rows = new ArrayList<>();
    frames.forEach(frame -> rows.addAll(frame.rows()));
    return rows;
  }
}

package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.asbeam.pipelines.JobProgress;
import org.junit.jupiter.api.Test;

/** How numbers, progress and summaries look. */
class PresentationTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Terminal terminal(boolean interactive) {
    return new Terminal(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        interactive);
  }

  private static JobProgress progress(double fraction, long records, long bytes, long millis) {
    return new JobProgress(fraction, records, bytes, 0, 0, Duration.ofMillis(millis));
  }

  @Test
  void quantities() {
    assertThat(Quantities.count(1234567)).isEqualTo("1,234,567");
    assertThat(Quantities.size(1023)).isEqualTo("1023 B");
    assertThat(Quantities.size(1536)).isEqualTo("1.5 KiB");
    assertThat(Quantities.size(262_144_000)).isEqualTo("250.0 MiB");
    assertThat(Quantities.size(Long.MAX_VALUE)).isEqualTo("8.0 EiB");
    assertThat(Quantities.clock(Duration.ofSeconds(3723))).isEqualTo("1:02:03");
    assertThat(Quantities.clock(Duration.ofSeconds(61))).isEqualTo("1:01");
    assertThat(Quantities.rate(10, Duration.ZERO)).isEqualTo(10_000);
  }

  @Test
  void progressHasPercentRecordsRatesAndTimeLeft() {
    ProgressText text = new ProgressText();
    assertThat(text.of(progress(0, 0, 0, 0))).isEqualTo("  0.0%  0 records  0 records/s  0 B/s");
    assertThat(text.of(progress(0.25, 5000, 10 << 20, 5000)))
        .isEqualTo(" 25.0%  5,000 records  1,000 records/s  2.0 MiB/s  0:15 left");
    // Only the last seconds count for the rates.
    assertThat(text.of(progress(0.5, 15_000, 10 << 20, 10_000)))
        .isEqualTo(" 50.0%  15,000 records  2,000 records/s  0 B/s  0:10 left");
  }

  @Test
  void ratesAreOfTheLastSecondsHoweverFarTheLooksAreApart() {
    ProgressText text = new ProgressText();
    text.of(progress(0, 0, 0, 5000));
    text.of(progress(0, 0, 0, 10_000));
    // A little late, as timers are.
    assertThat(text.of(progress(0.5, 5010, 0, 15_010))).contains("  1,000 records/s");
    assertThat(text.of(progress(0.6, 9010, 0, 17_010))).contains("  1,285 records/s");
    assertThat(text.of(progress(0.7, 9010, 0, 22_010))).contains("  0 records/s");
  }

  @Test
  void aTerminalGetsOneLineThatIsErased() {
    ProgressLine line = ProgressLine.start("backup", () -> progress(0.5, 1, 1, 1), terminal(true));
    line.show();
    line.close();
    line.show();
    String text = err.toString(StandardCharsets.UTF_8);
    assertThat(text)
        .startsWith("\r\u001b[Kbackup  50.0%")
        .endsWith("\r\u001b[K")
        .doesNotContain("\n");
  }

  @Test
  void aLogGetsWholeLines() {
    ProgressLine line = ProgressLine.start("backup", () -> progress(0.5, 1, 1, 1), terminal(false));
    line.show();
    line.close();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("asbeam: backup  50.0%")
        .endsWith("\n");
  }

  @Test
  void aSummaryEndsWithALineForMachines() {
    new Summary("backup", "Done")
        .count("records", "records", 1234)
        .note("a note")
        .fact("directory", "/a b/\"c\"")
        .print(terminal(false), "ok");
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "Done",
            "  records                         1,234",
            "  a note",
            "asbeam-backup ok records=1234 directory=\"/a b/\\\"c\\\"\"");
  }

  @Test
  void wordsAreQuotedForTheShell() {
    assertThat(ShellText.quote("/plain/path-1.2_3")).isEqualTo("/plain/path-1.2_3");
    assertThat(ShellText.quote("/it's mine")).isEqualTo("'/it'\\''s mine'");
    assertThat(ShellText.quote("")).isEqualTo("''");
  }
}

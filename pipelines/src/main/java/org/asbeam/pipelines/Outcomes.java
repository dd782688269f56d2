package org.asbeam.pipelines;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.asbeam.transforms.ReportFiles;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.FileOutcome;
import org.asbeam.transforms.work.WorkException;

/** What became of the slices of a job that reads files, wherever they were done. */
final class Outcomes {
  private final String runId;
  private final String input;
  private final int slices;
  private final AtomicReference<FileOutcome> ofStream = new AtomicReference<>();

  /**
   * @param input as a person named it
   * @param slices how many there are
   */
  Outcomes(String runId, String input, int slices) {
    this.runId = runId;
    this.input = input;
    this.slices = slices;
  }

  /** Takes that of a stream, which no runner did. */
  void put(FileOutcome outcome) {
    ofStream.set(outcome);
  }

  /**
   * All outcomes, one per slice, in their order.
   *
   * @throws WorkException if some are missing
   */
  List<FileOutcome> all() throws WorkException {
    if (ofStream.get() != null) {
      return List.of(ofStream.get());
    }
    List<FileOutcome> outcomes =
        ReportFiles.take(runId).orElse(List.of()).stream()
            .sorted(Comparator.comparingInt(FileOutcome::slice))
            .toList();
    if (outcomes.size() != slices) {
      throw new WorkException(
          ErrorCode.INCOMPLETE,
          input
              + ": "
              + outcomes.size()
              + " of "
              + slices
              + " slices were done, though the job ended",
          "run it again");
    }
    return outcomes;
  }
}

package org.asbeam.pipelines;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.asbeam.transforms.work.FolderStatus;
import org.asbeam.transforms.work.WorkException;

/** The jobs of a folder, to be looked at once or again and again. Changes nothing. */
public final class FolderJobs implements AutoCloseable {
  /** How long a job may be idle that lives: no runner takes longer from one step to the next. */
  public static final Duration DEAD_AFTER = FolderStatus.DEAD_AFTER;

  private final FolderStatus status;

  FolderJobs(FolderStatus status) {
    this.status = status;
  }

  /** As a message names the folder. */
  public String location() {
    return status.location();
  }

  /**
   * The jobs of this moment, the oldest first.
   *
   * @throws WorkException if the folder can't be read
   */
  public List<FolderStatus.Run> runs() throws WorkException {
    try {
      return status.runs();
    } catch (IOException e) {
      throw RunningJob.failure(e);
    }
  }

  @Override
  public void close() {
    status.close();
  }
}

package org.asbeam.pipelines;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.beam.sdk.options.PipelineOptions;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.Errors;
import org.asbeam.transforms.work.WorkException;
import org.asbeam.transforms.work.Workers;

/**
 * Where and how the pipelines of jobs run.
 *
 * @param workers where the work is done
 * @param slicesPerSource how many slices a source has at most: one where runners hand out sources
 *     to whoever is free, several where they split sources that are being read
 * @param options makes the options of a pipeline for so many slots
 */
record Placement(Workers workers, int slicesPerSource, IntFunction<PipelineOptions> options) {
  /** In this process, with options that are made already. */
  static Placement here(PipelineOptions options) {
    return new Placement(Workers.HERE, 1, slots -> options);
  }

  boolean isHere() {
    return workers == Workers.HERE;
  }

  /** Asks a cluster for something. */
  @FunctionalInterface
  interface Look<T> {
    T look() throws IOException, WorkException;
  }

  /**
   * Looks at a cluster. Where the workers are elsewhere, a launcher that doesn't reach it, or lacks
   * a secret for it, goes on without: the workers look themselves.
   *
   * @param unseen what is known without a look
   * @param news is told when it goes on without
   */
  <T> T look(Look<T> look, Look<T> unseen, Consumer<String> news)
      throws IOException, WorkException {
    try {
      return look.look();
    } catch (IOException e) {
      Errors.Finding finding = Errors.of(e);
      if (isHere() || !isOutOfReach(finding.code())) {
        throw e;
      }
      news.accept(
          "this process can't look at the cluster ("
              + finding.message()
              + "): the workers will, and say so if something is wrong with it");
      return unseen.look();
    }
  }

  private static boolean isOutOfReach(ErrorCode code) {
    return switch (code) {
      case NO_SUCH_HOST, UNREACHABLE, DENIED, TLS, KEY, CLUSTER -> true;
      default -> false;
    };
  }
}

package org.asbeam.pipelines;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.options.PipelineOptions;
import org.asbeam.storage.StoreException;
import org.asbeam.transforms.work.Errors;
import org.asbeam.transforms.work.SecretsThatStay;
import org.asbeam.transforms.work.WorkException;
import org.asbeam.transforms.work.Workers;

/**
 * Where and how the pipelines of jobs run.
 *
 * @param workers where the work is done
 * @param sources into how many sources the slices are cut at most: {@link #ANY_NUMBER} where
 *     runners hand out sources to whoever is free; fewer, so that some have several slices, where
 *     many sources are a burden and those that are being read can be split
 * @param options makes the options of a pipeline for so many slots
 */
record Placement(Workers workers, int sources, IntFunction<PipelineOptions> options) {
  /** A source for each slice. */
  static final int ANY_NUMBER = Integer.MAX_VALUE;

  Placement {
    if (sources < 1) {
      throw new IllegalArgumentException("there is at least one source, not " + sources);
    }
  }

  /** In this process, with options that are made already. */
  static Placement here(PipelineOptions options) {
    return new Placement(Workers.HERE, ANY_NUMBER, slots -> options);
  }

  /** How many slices a source has at most, if there are so many in all. */
  int slicesPerSource(int slices) {
    return (int) Math.max(1, ((long) slices + sources - 1) / sources);
  }

  boolean isHere() {
    return workers == Workers.HERE;
  }

  /**
   * A specification as its workers can use it.
   *
   * @param absolute names the places of one so that they mean the same to every process
   * @throws WorkException if it has secrets that only this process has, and workers are elsewhere
   */
  <S> S fit(S spec, UnaryOperator<S> absolute) throws WorkException {
    if (isHere()) {
      return spec;
    }
    SecretsThatStay.check(spec);
    return absolute.apply(spec);
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
      if (isHere() || !isOutOfReach(e)) {
        throw e;
      }
      news.accept(
          "this process can't look at the cluster ("
              + Errors.of(e).message()
              + "): the workers will, and say so if something is wrong with it");
      return unseen.look();
    }
  }

  /** The folder must be in reach of both. */
  private static boolean isOutOfReach(IOException error) {
    if (error instanceof StoreException) {
      return false;
    }
    return switch (Errors.of(error).code()) {
      case NO_SUCH_HOST, UNREACHABLE, DENIED, TLS, KEY, CLUSTER -> true;
      default -> false;
    };
  }
}

package org.asbeam.cli;

import java.util.function.Consumer;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.asbeam.pipelines.BackupPipeline;
import org.asbeam.pipelines.BackupReport;
import org.asbeam.pipelines.Job;
import org.asbeam.pipelines.RestorePipeline;
import org.asbeam.pipelines.RestoreReport;
import org.asbeam.pipelines.VerifyPipeline;
import org.asbeam.pipelines.VerifyReport;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.WorkException;

/** Runs jobs in this process, on Beam's direct runner. */
final class DirectJobs implements Jobs {
  @Override
  public Job<BackupReport> backup(BackupSpec spec, boolean resume) throws WorkException {
    return BackupPipeline.start(spec, resume, options(spec.slots()));
  }

  @Override
  public Job<RestoreReport> restore(RestoreSpec spec, Consumer<String> news) throws WorkException {
    return RestorePipeline.start(spec, options(spec.slots()), news);
  }

  @Override
  public Job<VerifyReport> verify(VerifySpec spec) throws WorkException {
    return VerifyPipeline.start(spec, options(spec.slots()));
  }

  /** The runner's checks of a pipeline's good manners are for tests; they cost half the speed. */
  private static PipelineOptions options(int slots) {
    DirectOptions options = PipelineOptionsFactory.as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setTargetParallelism(slots);
    options.setEnforceImmutability(false);
    options.setEnforceEncodability(false);
    return options;
  }
}

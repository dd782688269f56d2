package org.asbeam.pipelines.options;

/** The options of a verification as pipeline options; see {@link CommonOptions}. */
public interface VerifyOptions extends CommonOptions {}

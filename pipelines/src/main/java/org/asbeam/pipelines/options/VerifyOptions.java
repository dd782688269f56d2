package org.asbeam.pipelines.options;

/**
 * The options of a verification, as pipeline options. Made from the table, {@link Options}, which
 * reads the texts and knows the defaults: a property that nobody sets is null.
 */
public interface VerifyOptions extends InputOptions {}

/**
 * The one table of options ({@link org.asbeam.pipelines.options.Options}) and what comes from it:
 * the flags of the command, Beam's pipeline options, environment variables, the documentation, and
 * the specifications of jobs ({@link org.asbeam.pipelines.options.Specs}).
 */
package org.asbeam.pipelines.options;

/** The three jobs of asbeam as Beam pipelines: a specification in, a report out. */
package org.asbeam.pipelines;

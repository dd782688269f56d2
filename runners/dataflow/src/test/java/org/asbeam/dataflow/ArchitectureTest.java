package org.asbeam.dataflow;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.asbeam.transforms.work.Errors;
import org.junit.jupiter.api.Test;

/** Holds that templates do what the Java API does, and nothing beside it. */
class ArchitectureTest {
  /** What goes into a job and comes out of it: specifications and errors. */
  private static final DescribedPredicate<JavaClass> VALUES =
      DescribedPredicate.describe(
          "values", known -> known.isRecord() || known.isAssignableTo(Throwable.class));

  @Test
  void aLaunchUsesTheApiOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.not(resideInAPackage("org.asbeam.."))
                .or(resideInAnyPackage("org.asbeam.dataflow", "org.asbeam.pipelines.."))
                .or(VALUES)
                .or(belongToAnyOf(Errors.class)))
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.asbeam.dataflow"));
  }
}

package org.asbeam.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.asbeam.storage.secrets.Secrets;
import org.asbeam.transforms.work.Errors;
import org.asbeam.transforms.work.Version;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds the import arrows of the house: {@code runners -> pipelines -> transforms -> io/*}. The
 * table says for each room which of ours, and which libraries, it may know besides the JDK.
 */
class ArchitectureTest {
  private static final String OURS = "org.asbeam..";
  private static final String BEAM = "org.apache.beam..";

  /** Stores with an SDK of their own: modules beside storage, which nobody names. */
  private static final List<String> STORES = List.of("s3", "gcs", "azure", "hdfs", "beam");

  private static JavaClasses house;

  @BeforeAll
  static void read() {
    house =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // Test tools that other rooms' tests use come as jars.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .withImportOption(location -> !location.contains("testing"))
            .importPackages("org.asbeam");
  }

  private static DescribedPredicate<JavaClass> stores() {
    return resideInAnyPackage(
        STORES.stream().map(kind -> "org.asbeam.storage." + kind + "..").toArray(String[]::new));
  }

  private static DescribedPredicate<JavaClass> room(String name) {
    DescribedPredicate<JavaClass> all = resideInAPackage(name);
    return name.equals("org.asbeam.storage..") ? all.and(DescribedPredicate.not(stores())) : all;
  }

  @Test
  void aStoreIsKnownToNobodyAndKnowsStorageOnly() {
    for (String kind : STORES) {
      String store = "org.asbeam.storage." + kind + "..";
      classes()
          .that(resideInAPackage(store))
          .should()
          .onlyDependOnClassesThat(
              DescribedPredicate.not(resideInAPackage(OURS))
                  .or(resideInAPackage(store))
                  .or(room("org.asbeam.storage..")))
          .check(house);
      noClasses()
          .that(DescribedPredicate.not(resideInAPackage(store)))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(store)
          .check(house);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "org.asbeam.format..         | -",
        "org.asbeam.embedded..       | -",
        "org.asbeam.aerospike..      | format",
        "org.asbeam.storage..        | format",
        "org.asbeam.connectors..     | format aerospike storage",
        "org.asbeam.transforms.work.. | format aerospike storage",
        "org.asbeam.transforms       | transforms.work connectors format aerospike storage",
        "org.asbeam.pipelines..      | transforms transforms.work connectors format aerospike storage",
      })
  void aRoomKnowsOnlyTheRoomsBelow(String room, String below) {
    DescribedPredicate<JavaClass> allowed = room(room);
    for (String name : below.split(" ")) {
      if (!name.equals("-")) {
        allowed = allowed.or(resideInAnyPackage(roomPackages(name)));
      }
    }
    classes()
        .that(room(room))
        .should()
        .onlyDependOnClassesThat(DescribedPredicate.not(resideInAPackage(OURS)).or(allowed))
        .check(house);
  }

  private static String[] roomPackages(String name) {
    // Of transforms the Beam shells lie directly in the package.
    return name.equals("transforms")
        ? new String[] {"org.asbeam.transforms"}
        : new String[] {"org.asbeam." + name, "org.asbeam." + name + ".."};
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "org.asbeam.format..          | -",
        "org.asbeam.embedded..        | -",
        "org.asbeam.aerospike..       | com.aerospike.. org.bouncycastle.. org.slf4j..",
        "org.asbeam.storage..         | com.github.luben.zstd.. com.fasterxml.jackson.. org.slf4j..",
        "org.asbeam.transforms.work.. | com.fasterxml.jackson.. org.slf4j..",
      })
  void aRoomWithoutBeamKnowsFewLibraries(String room, String libraries) {
    DescribedPredicate<JavaClass> allowed =
        resideInAnyPackage(
            "java..", "javax.net..", "javax.crypto..", "javax.naming..", "javax.security..", OURS);
    for (String library : libraries.split(" ")) {
      if (!library.equals("-")) {
        allowed = allowed.or(resideInAPackage(library));
      }
    }
    classes()
        .that(room(room))
        .should()
        .onlyDependOnClassesThat(
            allowed.or(DescribedPredicate.describe("arrays", JavaClass::isArray)))
        .check(house);
  }

  @Test
  void roomsWithoutBeamKnowNoBeam() {
    noClasses()
        .that(
            resideInAnyPackage(
                    "org.asbeam.format..",
                    "org.asbeam.embedded..",
                    "org.asbeam.aerospike..",
                    "org.asbeam.transforms.work..")
                .or(room("org.asbeam.storage..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BEAM)
        .check(house);
  }

  @Test
  void nothingBelowPipelinesKnowsTheOptions() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.asbeam.pipelines..", "org.asbeam.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.asbeam.pipelines..")
        .check(house);
  }

  /** A source is handed the options of its pipeline; it must not ask them anything. */
  @Test
  void nothingBelowPipelinesAsksPipelineOptions() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.asbeam.pipelines..", "org.asbeam.cli..")
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "the owner is a PipelineOptions",
                call ->
                    call.getTargetOwner()
                        .isAssignableTo("org.apache.beam.sdk.options.PipelineOptions")))
        .check(house);
  }

  /**
   * Values are what goes into a job and comes out of it: records, their builders, enums, errors.
   */
  private static final DescribedPredicate<JavaClass> VALUES =
      DescribedPredicate.describe(
          "values",
          known ->
              isValue(known) || known.getEnclosingClass().filter(JavaClass::isRecord).isPresent());

  private static boolean isValue(JavaClass known) {
    return known.isRecord() || known.isEnum() || known.isAssignableTo(Throwable.class);
  }

  /** What a program may do the command does, and nothing beside it. */
  @Test
  void theCommandUsesTheApiOnly() {
    classes()
        .that()
        .resideInAPackage("org.asbeam.cli..")
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.not(resideInAPackage(OURS))
                .or(resideInAnyPackage("org.asbeam.cli..", "org.asbeam.pipelines.."))
                .or(resideInAPackage("org.asbeam.embedded.."))
                .or(VALUES)
                .or(belongToAnyOf(Errors.class, Version.class, Secrets.class)))
        .check(house);
  }

  /** But for Flink, whose options are Beam's. */
  @Test
  void theCommandKnowsNoBeam() {
    noClasses()
        .that()
        .resideInAPackage("org.asbeam.cli..")
        .and()
        .resideOutsideOfPackage("org.asbeam.cli.flink..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BEAM)
        .check(house);
  }
}

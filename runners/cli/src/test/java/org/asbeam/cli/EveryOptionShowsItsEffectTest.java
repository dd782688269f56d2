package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.asbeam.pipelines.options.Command;
import org.asbeam.pipelines.options.Option;
import org.asbeam.pipelines.options.Options;
import org.junit.jupiter.api.Test;

/**
 * Names the test that shows what an option does, for each option of each command that is not
 * refused. Whoever adds an option adds its test here; whoever renames a test learns of it.
 */
class EveryOptionShowsItsEffectTest {
  private static final Path ROOT = Path.of("../..");

  /** Commands, option, test; what several options share stands in one line. */
  private static final String TABLE =
      """
      backup: directory namespace host port BackupCommandTest.backsUpANamespace
      restore: directory namespace host port RestoreCommandTest.restoresIntoAnotherNamespace
      verify: directory ToolCommandsTest.verifyTakesTheFolderEitherWay
      cleanup: directory force ToolCommandsTest.cleanupIsDryUnlessForced
      status: directory RunnerCommandsTest.statusTellsOfAFolder
      status: watch RunnerCommandsTest.aJobIsHandedOverAndSeenFromElsewhere
      backup,restore,verify: runner RunnerCommandsTest.flinkInThisProcessDoesAll
      backup,restore,verify: flink-master RunnerCommandsTest.aClusterDoesAll
      backup,restore,verify: detached RunnerCommandsTest.aJobIsHandedOverAndSeenFromElsewhere
      verify: state-directory RunnerCommandsTest.theJournalOfAVerificationLiesWhereItIsSaid
      demo: directory records ToolCommandsTest.theDemoProvesItself
      node: port nodes namespace demo-data ToolCommandsTest.aNodeServesUntilItIsEnded

      backup: compact BackupCommandTest.compactWritesRawBlobs
      backup: continue state-file-dst BackupEffectsTest.goesOnByThePeersNamesAndSaysWhatDoesNotCount
      backup: resume BackupCommandTest.resumeFinishesWhatFailed
      backup: estimate estimate-samples BackupEffectsTest.anEstimateMindsFiltersAndLimits
      backup: file-limit BackupCommandTest.fileLimitStartsNewFiles
      backup: output-file StandardStreamsTest.aPipeCarriesANamespace
      backup: output-file-prefix BackupCommandTest.prefixBeginsTheNamesOfFiles
      backup: remove-artifacts BackupModesTest.removesABackupAndMakesNone
      backup: remove-files BackupCommandTest.removeFilesMakesRoom

      backup: set partition-list after-digest modified-after modified-before no-ttl-only filter-exp BackupEffectsTest.eachFilterAloneAndWithAnExpression
      backup: node-list rack-list BackupEffectsTest.otherNodesAndRacksAreNotAsked
      backup: bin-list BackupEffectsTest.binListKeepsOtherBinsOut
      backup: max-records BackupEffectsTest.maxRecordsCountsForTheWholeBackup
      backup: modified-after-backup BackupEffectsTest.anIncrementHoldsWhatCameSince
      backup: no-bins BackupEffectsTest.noBinsLeavesRecordsOnly
      backup: no-records no-indexes no-udfs BackupCommandTest.partsMayBeLeftOut

      backup: wait-stable BackupCommandTest.waitsForAStableCluster
      backup: allow-unstable BackupCommandTest.goesOnWithAnUnstableClusterIfAllowed
      backup: records-per-second bandwidth BackupEffectsTest.anEstimateMindsFiltersAndLimits
      restore: records-per-second RestoreScopeTest.limitsHoldBackTheRecordsOfTheScope
      restore: bandwidth ThrottleTest.bytesComeAtTheirPace
      backup: max-retries BackupEffectsTest.aPartitionIsAskedForAsOftenAsWanted
      restore: max-retries retry-max-retries RestoreEffectsTest.aWriteIsRepeatedAsOftenAsWanted
      restore: retry-base-timeout retry-multiplier RetryPolicyTest.multipliesEachDelay
      backup: sleep-between-retries BackupEffectsTest.thePauseBetweenRetriesIsAsLongAsWanted
      backup: socket-timeout BackupEffectsTest.aSilentNodeGetsTheSocketTimeout
      backup: total-timeout BackupEffectsTest.theTotalTimeoutEndsARequestThatGoesOn
      restore: socket-timeout total-timeout RestoreEffectsTest.aSilentNodeGetsNoLongerThanWanted
      backup: stall-timeout BackupEffectsTest.theStallTimeoutEndsWhatGetsNowhere
      restore: stall-timeout RestoreEffectsTest.theStallTimeoutEndsResumably
      backup: parallel BackupCommandTest.parallelMakesMoreSlices
      restore,verify: parallel SliceBalanceTest.slotsPullSlicesEvenly
      backup: parallel-nodes BackupEffectsTest.parallelNodesWorksOnASliceForEachNode
      backup,restore: info-max-retries ConnectionEffectsTest.anInfoCommandIsRepeatedAsOftenAsWanted
      backup,restore: info-retry-timeout info-retry-multiplier InfoPatienceTest.pausesGrow
      backup,restore: info-timeout InfoPatienceTest.aNodeThatNeverAnswersIsWaitedForNoLongerThanSaid

      backup: compress compression-level BackupCommandTest.compressesAtALevel
      restore: compress RestoreCommandTest.aWrongCompressionIsAMixUp
      verify: compress BackupModesTest.validatesWithoutACluster
      backup,restore,verify: encrypt encryption-key-file MatrixTest.whatGoesInComesOut
      backup,restore,verify: encryption-key-env ConnectionEffectsTest.theKeyComesFromTheEnvironmentOfTheProcess
      backup,restore,verify: encryption-key-secret sa-address sa-port sa-connection-type sa-is-base64 ConnectionEffectsTest.secretsComeFromTheAgent
      backup,restore,verify: sa-timeout ConnectionEffectsTest.anAgentThatIsSilentIsNotWaitedFor
      backup,restore,verify: sa-cafile sa-tls-name SecretAgentTest.speaksTlsToWhomItTrusts
      backup,restore,verify: sa-cert-file sa-key-file SecretAgentTest.showsItsCertificateWhenAsked

      backup,restore: tls-enable tls-name tls-cafile tls-capath ConnectionEffectsTest.tlsTrustsWhatItIsTold
      backup,restore: tls-certfile tls-keyfile tls-protocols ConnectionEffectsTest.tlsShowsOurCertificateAndSpeaksTheVersions
      backup,restore: tls-keyfile-password TlsTest.readsKeysOfAllForms
      backup,restore: user password ConnectionEffectsTest.usersLogInByPasswordInEachForm
      backup,restore: auth ConnectionEffectsTest.logsInByLdapAndByCertificate
      backup,restore: client-timeout ConnectionEffectsTest.nobodyIsWaitedForLongerThanTheClientTimeout
      backup,restore: client-login-timeout ConnectionEffectsTest.aLoginMayTakeOnlySoLong
      backup,restore: client-idle-timeout ConnectionEffectsTest.idleConnectionsAreNotUsedAgain
      backup,restore: services-alternate ConnectionEffectsTest.alternateAddressesAreUsedWhenWanted
      backup: prefer-racks BackupEffectsTest.preferredRacksAreRead

      restore,verify: input-file directory-list parent-directory MatrixTest.whatGoesInComesOut
      restore: mode RestoreEffectsTest.bothWordsForTheModeMeanTheseFiles
      restore: set RestoreEffectsTest.onlyRecordsOfTheSets
      restore: bin-list RestoreEffectsTest.onlyTheBins
      restore: no-records no-indexes no-udfs RestoreCommandTest.partsMayBeLeftOut
      restore: unique replace RestoreCommandTest.mergesReplacesOrLeavesWhatExists
      restore: no-generation RestoreCommandTest.generationsDecideUnlessTold
      restore: extra-ttl RestoreEffectsTest.extraTimeIsForRecordsThatExpire
      restore: ignore-record-error RestoreEffectsTest.ignoresEachOfThePeersSevenErrors
      restore: on-record-error rejects RestoreCommandTest.refusedRecordsHaveAnExitCodeAndAFolderOfTheirOwn
      restore: max-rejects RestoreEffectsTest.moreRejectsThanAllowedEndTheRestore
      restore: disable-batch-writes RestoreEffectsTest.singleWritesSendNoBatch
      restore: batch-size RestoreCommandTest.batchSizeSetsTheNumberOfBatches
      restore: max-async-batches RestoreEffectsTest.asManyBatchesAreUnderWayAsWanted
      restore: warm-up ConnectionEffectsTest.warmConnectionsAreOpenedBeforeTheFirstWrite
      restore: apply-metadata-last RestoreEffectsTest.metadataComesBeforeOrAfterTheRecords
      restore: replace-metadata RestoreCommandTest.differentMetadataIsAnErrorUnlessReplaced
      restore: validate BackupModesTest.validatesWithoutACluster
      restore: resume state-directory RestoreEffectsTest.theStallTimeoutEndsResumably
      restore: cluster-name RestoreEffectsTest.theClusterMustHaveTheName
      restore: require-empty RestoreEffectsTest.theTargetMustBeEmpty

      backup,restore,verify,cleanup,status: s3-bucket-name gcp-bucket-name azure-container-name StoresTest.aBucketIsNamedByTheFlagOfThePeers
      backup,restore,verify,cleanup,status: s3-endpoint-override s3-region s3-access-key-id s3-secret-access-key gcp-endpoint-override azure-endpoint azure-account-name azure-account-key StoresTest.theZooComesBackPlain
      backup,restore,verify,cleanup,status: s3-profile S3CredentialsTest.theyAreTakenFromAProfile
      backup: s3-storage-class S3BehaviourTest.theStorageClassIsThatOfBackupFilesOnly
      backup: s3-chunk-size s3-upload-concurrency S3BehaviourTest.aLargeFileIsWrittenInParts
      backup: s3-calculate-checksum S3BehaviourTest.checksumsCanBeSwitchedOff
      backup,restore,verify,cleanup,status: s3-max-conns-per-host S3SettingsTest.allOfThemAreRead
      backup,restore,verify,cleanup,status: s3-request-timeout S3FaultTest.whatHangsEndsByTheLimit
      backup,restore,verify,cleanup,status: s3-retry-max-attempts S3FaultTest.whoFailsTooOftenIsGivenUp
      restore,verify: s3-tier s3-restore-poll-duration S3ArchiveTest.oneIsTakenOutInTheTierThatIsSet
      backup,restore,verify,cleanup,status: gcp-key-path GcsAuthTest.aKeyBringsATokenOnce
      backup: gcp-chunk-size GcsProtocolTest.anUploadKeepsTheProtocol
      backup: gcp-calculate-checksum GcsProtocolTest.checksumsCanBeSwitchedOff
      backup,restore,verify,cleanup,status: gcp-max-conns-per-host GcsSettingsTest.everySettingIsRead
      backup,restore,verify,cleanup,status: gcp-request-timeout GcsFaultTest.aServerThatHangsIsLeft
      backup,restore,verify,cleanup,status: gcp-retry-max-attempts GcsFaultTest.aRequestIsMadeAsOftenAsWasSaid
      backup,restore,verify,cleanup,status: azure-sas-token StoresTest.withCreateOnlyRightsNothingIsReplacedAndThatIsSaid
      backup,restore,verify,cleanup,status: azure-tenant-id azure-client-id azure-client-secret AzureIdentityTest.anApplicationGetsAToken
      backup: azure-access-tier AzureBehaviourTest.theTierIsThatOfDataOnly
      restore,verify: azure-access-tier azure-rehydrate-poll-duration AzureAnswersTest.aBlobIsTakenOutOfTheArchive
      backup: azure-block-size azure-upload-concurrency AzureBehaviourTest.aFileInSeveralBlocksIsWhole
      backup: azure-calculate-checksum AzureBehaviourTest.checksumsGoAlongUnlessTheyAreSwitchedOff
      backup,restore,verify,cleanup,status: azure-max-conns-per-host AzureAnswersTest.onlySoManyRequestsAreUnderWay
      backup,restore,verify,cleanup,status: azure-request-timeout AzureFaultsTest.anAnswerThatDoesNotComeIsNotWaitedFor
      backup,restore,verify,cleanup,status: azure-retry-timeout AzureSettingsTest.theShorterTimeCounts
      backup,restore,verify,cleanup,status: hdfs-config HdfsBehaviourTest.theConfigurationNamesTheClusterAndItsValues
      backup,restore,verify,cleanup,status: hdfs-user HdfsBehaviourTest.twoUsersDontMix
      backup,restore,verify,cleanup,status: hdfs-request-timeout HdfsSettingsTest.hadoopsOwnTrialsAndTimesAreBounded
      backup,restore,verify,cleanup,status: hdfs-retry-max-attempts HdfsBehaviourTest.noDataNodeMayPass

      backup,restore,verify,cleanup,status: s3-retry-backoff s3-retry-max-backoff S3SettingsTest.allOfThemAreRead
      restore,verify: s3-retry-read-max-attempts s3-retry-read-backoff s3-retry-read-multiplier S3SettingsTest.allOfThemAreRead
      backup,restore,verify,cleanup,status: gcp-retry-init-backoff gcp-retry-max-backoff gcp-retry-backoff-multiplier GcsSettingsTest.everySettingIsRead
      restore,verify: gcp-retry-read-backoff gcp-retry-read-multiplier GcsSettingsTest.everySettingIsRead
      restore,verify: gcp-retry-read-max-attempts GcsFaultTest.aBodyThatNeverComesFails
      backup,restore,verify,cleanup,status: azure-retry-max-attempts azure-retry-delay azure-retry-max-delay AzureSettingsTest.allAreRead
      restore,verify: azure-retry-read-max-attempts azure-retry-read-backoff azure-retry-read-multiplier AzureSettingsTest.allAreRead
      backup,restore,verify,cleanup,status: hdfs-retry-backoff hdfs-retry-max-backoff HdfsSettingsTest.allIsTaken

      backup: config ConfigurationTest.showsWhatIsInForceAndWhereItIsFrom
      restore,verify,cleanup,status: config ConfigurationTest.theFileCountsForAllCommands
      backup,restore,verify,cleanup,status,demo,node: verbose BackupCommandTest.verboseShowsWhereAnErrorComesFrom
      backup,restore,verify,cleanup,status,demo,node: log-level log-file LoggingTest.aFileTakesTheLogAndIsAppendedTo
      backup,restore,verify,cleanup,status,demo,node: log-json LoggingTest.everythingOnStandardErrorIsJson
      """;

  /** The test of each option, by command and flag. */
  private static Map<String, String> table() {
    Map<String, String> tests = new TreeMap<>();
    for (String line : TABLE.lines().filter(one -> !one.isBlank()).toList()) {
      List<String> words = List.of(line.split("[: ]+"));
      String test = words.get(words.size() - 1);
      for (String command : words.get(0).split(",")) {
        for (String option : words.subList(1, words.size() - 1)) {
          String key = command + " --" + option;
          assertThat(tests.put(key, test)).as("%s is there twice", key).isNull();
        }
      }
    }
    return tests;
  }

  @Test
  void everyOptionHasATest() {
    TreeSet<String> options = new TreeSet<>();
    for (Command command : Command.values()) {
      for (Option<?> option : Options.of(command)) {
        if (option.refusal().isEmpty()) {
          options.add(command.text() + " " + option.flag());
        }
      }
    }
    assertThat(table().keySet()).containsExactlyElementsOf(options);
  }

  @Test
  void everyTestIsThere() throws IOException {
    Map<String, String> sources = sources();
    List<String> missing = new ArrayList<>();
    table()
        .forEach(
            (option, test) -> {
              String[] parts = test.split("\\.");
              String source = sources.getOrDefault(parts[0], "");
              if (!Pattern.compile("void " + parts[1] + "\\(").matcher(source).find()) {
                missing.add(option + ": " + test);
              }
            });
    assertThat(missing).isEmpty();
  }

  /** The texts of all test classes, by name. */
  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file :
          files
              .filter(one -> one.toString().endsWith("Test.java"))
              .filter(one -> one.toString().contains("src/test/java"))
              .toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        sources.merge(name, Files.readString(file), String::concat);
      }
    }
    return sources;
  }
}

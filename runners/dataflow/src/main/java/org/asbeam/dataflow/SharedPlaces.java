package org.asbeam.dataflow;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.VerifySpec;

/** Finds the folders of a job that its workers don't share: each has a disk of its own. */
final class SharedPlaces {
  private static final Pattern STORE = Pattern.compile("(?!file:)[A-Za-z][A-Za-z0-9+.-]+://.+");

  private SharedPlaces() {}

  static List<String> problems(BackupSpec spec) {
    return problems(Stream.of(spec.directory()));
  }

  static List<String> problems(RestoreSpec spec) {
    return problems(
        Stream.concat(
            places(spec.input()), Stream.of(spec.rejects().directory(), spec.stateDirectory())));
  }

  static List<String> problems(VerifySpec spec) {
    return problems(places(spec.input()));
  }

  /** A folder that only the launcher reads; it has no files either. */
  static List<String> problems(String place) {
    return problems(Stream.of(place));
  }

  private static Stream<String> places(RestoreInput input) {
    return input.parts().stream()
        .map(part -> part.isStream() ? RestoreInput.STANDARD_INPUT : part.directory());
  }

  private static List<String> problems(Stream<String> places) {
    List<String> problems = new ArrayList<>();
    places
        .filter(place -> !place.isEmpty() && !STORE.matcher(place).matches())
        .forEach(
            place ->
                problems.add(
                    "'"
                        + place
                        + "' is on no store that all workers share - give a URI, such as"
                        + " gs://BUCKET/DIR"));
    return problems;
  }
}

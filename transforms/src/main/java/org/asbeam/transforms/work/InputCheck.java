package org.asbeam.transforms.work;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.asbeam.format.AsbDecoder;
import org.asbeam.format.RecordView;
import org.asbeam.storage.BackupFileReader;
import org.asbeam.storage.DamagedFileException;
import org.asbeam.storage.StoredFile;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.storage.journal.IncompleteBackupException;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.storage.journal.SliceText;

/**
 * Looks at all inputs of a restore, and at what was found of its target, before the first write:
 * what can be known without reading all records is known then.
 */
final class InputCheck {
  /** A person reads no more. */
  private static final int MOST = 5;

  /** The first records tell whether those of a namespace expire. */
  private static final int LOOKED_AT = 1000;

  private final RestoreSpec spec;
  private final List<Exception> problems = new ArrayList<>();

  private InputCheck(RestoreSpec spec) {
    this.spec = spec;
  }

  /**
   * @throws WorkException naming all that is wrong, with the code of the first
   */
  static void check(RestoreSpec spec, OpenInputs inputs, TargetView target)
      throws IOException, WorkException {
    InputCheck check = new InputCheck(spec);
    for (String error : target.errors()) {
      check.problems.add(new WorkException(ErrorCode.TARGET, error, ""));
    }
    for (OpenInputs.Opened input : inputs.all()) {
      check.namespace(input);
      check.files(input, !inputs.isKeyless());
    }
    if (check.problems.isEmpty()
        && target.refusesTtl()
        && spec.scope().records()
        && !inputs.isKeyless()) {
      check.timesToLive(inputs);
    }
    if (!check.problems.isEmpty()) {
      throw check.all();
    }
  }

  private void namespace(OpenInputs.Opened input) {
    if (input.contents().manifest().isPresent()) {
      String actual = input.contents().manifest().get().namespace();
      if (!actual.equals(spec.sourceNamespace())) {
        problems.add(wrongNamespace(input.location() + ": is a backup", actual));
      }
    }
  }

  private WorkException wrongNamespace(String what, String actual) {
    return new WorkException(
        ErrorCode.WRONG_NAMESPACE,
        what + " of namespace " + actual + ", not of " + spec.sourceNamespace(),
        "to restore it into another one: --namespace " + actual + "," + spec.targetNamespace());
  }

  private void files(OpenInputs.Opened input, boolean readable) throws IOException {
    Map<String, Long> sizes = new HashMap<>();
    for (StoredFile file : input.store().list("")) {
      sizes.put(file.name(), file.size());
    }
    boolean known = input.contents().manifest().isPresent();
    for (FileReceipt file : input.contents().files()) {
      String path = input.store().location() + "/" + file.name();
      Long size = sizes.get(file.name());
      if (size == null) {
        problems.add(
            new IncompleteBackupException(path + ": is missing, though the backup wrote it"));
      } else if (known && size != file.bytes()) {
        problems.add(
            new DamagedFileException(
                path,
                Math.min(size, file.bytes()),
                "the file has " + size + " bytes, but " + file.bytes() + " were written"));
      } else if (readable) {
        look(input, file.name(), path, known);
      }
    }
  }

  private void look(OpenInputs.Opened input, String name, String path, boolean known)
      throws IOException {
    try {
      if (!known) {
        header(input, name, path);
      } else if (spec.input().compression() != null) {
        reader(input).codec(name);
      }
    } catch (IOException e) {
      if (Errors.of(e).isTransient()) {
        throw e;
      }
      problems.add(e);
    }
  }

  private static BackupFileReader reader(OpenInputs.Opened input) {
    return new BackupFileReader(input.store(), input.contents().decryption());
  }

  /** Nothing but the file itself says what it is. */
  private void header(OpenInputs.Opened input, String name, String path) throws IOException {
    try (InputStream text = reader(input).text(name)) {
      String actual = new AsbDecoder(text, path).namespace();
      if (!actual.isEmpty() && !actual.equals(spec.sourceNamespace())) {
        problems.add(wrongNamespace(path + ": is", actual));
      }
    }
  }

  /**
   * Looks for a record that expires among the first ones, where the target refuses such records. If
   * there are only later ones, the server's refusal ends the restore.
   */
  private void timesToLive(OpenInputs inputs) throws IOException {
    int looked = 0;
    for (FileSlice slice : inputs.slices(1)) {
      if (inputs.isStream() || looked >= LOOKED_AT) {
        return;
      }
      try (SliceText text = inputs.text(slice)) {
        AsbDecoder decoder = text.decoder();
        SetFilter sets = new SetFilter(spec.scope().sets());
        for (AsbDecoder.Item item = decoder.next();
            item != AsbDecoder.Item.END && looked < LOOKED_AT;
            item = decoder.next()) {
          if (item == AsbDecoder.Item.RECORD) {
            looked++;
            RecordView row = decoder.record();
            if (row.voidTime() != 0 && row.binCount() > 0 && sets.selects(row)) {
              problems.add(refusesTtl(row));
              return;
            }
          }
        }
      }
    }
  }

  private WorkException refusesTtl(RecordView row) {
    return new WorkException(
        ErrorCode.TARGET,
        "namespace "
            + spec.targetNamespace()
            + " refuses records that expire, for its nsup-period is 0, and record "
            + HexFormat.of().formatHex(row.digest())
            + " of the backup does",
        "set nsup-period, or allow-ttl-without-nsup, in the server's configuration");
  }

  private WorkException all() {
    Errors.Finding first = Errors.of(problems.get(0));
    List<String> lines = new ArrayList<>();
    for (Exception problem : problems.subList(0, Math.min(MOST, problems.size()))) {
      lines.add(Errors.of(problem).message());
    }
    if (problems.size() > MOST) {
      lines.add("and " + (problems.size() - MOST) + " more");
    }
    return new WorkException(first.code(), String.join("; ", lines), first.hint());
  }

  /**
   * Compares, at the end, what was read with what a manifest says.
   *
   * @throws WorkException if another number of records was read than it says
   */
  static void total(OpenInputs.Opened input, long read) throws WorkException {
    if (input.contents().manifest().isPresent() && input.input().file().isEmpty()) {
      Manifest manifest = input.contents().manifest().get();
      if (manifest.records() != read) {
        throw new WorkException(
            ErrorCode.INCOMPLETE,
            input.location()
                + ": "
                + read
                + " records were read, the manifest says "
                + manifest.records(),
            "'asbeam verify' finds what is missing");
      }
    }
  }
}

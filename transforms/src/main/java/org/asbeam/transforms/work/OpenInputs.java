package org.asbeam.transforms.work;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.asbeam.storage.Decryption;
import org.asbeam.storage.Store;
import org.asbeam.storage.journal.BackupContents;
import org.asbeam.storage.journal.BackupInput;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.storage.journal.SliceText;
import org.asbeam.storage.secrets.SecretAgentSpec;
import org.asbeam.storage.secrets.SecretException;
import org.asbeam.storage.secrets.Secrets;

/** What a restore or a verification reads, open. Safe for use by several threads. */
public final class OpenInputs implements Closeable {
  private final List<Opened> inputs;
  private final InputStream stream;
  private final Decryption decryption;
  private final boolean keyless;

  /**
   * An input that is no stream.
   *
   * @param store of its folder
   * @param contents what is to be read of it
   */
  public record Opened(BackupInput input, Store store, BackupContents contents) {
    /** As messages name it. */
    public String location() {
      return input.file().isEmpty() ? store.location() : store.location() + "/" + input.file();
    }
  }

  private OpenInputs(
      List<Opened> inputs, InputStream stream, Decryption decryption, boolean keyless) {
    this.inputs = inputs;
    this.stream = stream;
    this.decryption = decryption;
    this.keyless = keyless;
  }

  /**
   * Opens all inputs; standard input is opened, but not read.
   *
   * @param agent where references to secrets are resolved; null: there is none
   * @throws IOException if an input holds no backup, or its key is missing or wrong
   */
  public static OpenInputs open(RestoreInput input, SecretAgentSpec agent, Backends backends)
      throws IOException {
    return open(input, decryption(input, agent), backends, false);
  }

  /**
   * As {@link #open}, but without a key encrypted backups with a manifest are opened all the same:
   * their bytes can be checked, not their text; see {@link BackupContents#sealed}.
   */
  public static OpenInputs openToVerify(
      RestoreInput input, SecretAgentSpec agent, Backends backends) throws IOException {
    return open(input, decryption(input, agent), backends, input.key() == null);
  }

  /**
   * As {@link #open}, for a launcher whose workers are elsewhere: a key that can't be had here is
   * no error, since they have it.
   */
  public static OpenInputs openToLaunch(
      RestoreInput input, SecretAgentSpec agent, Backends backends) throws IOException {
    Decryption decryption;
    try {
      decryption = decryption(input, agent);
    } catch (SecretException e) {
      OpenInputs opened = open(input, Decryption.none(), backends, true);
      return new OpenInputs(opened.inputs, opened.stream, opened.decryption, true);
    }
    return open(input, decryption, backends, false);
  }

  private static OpenInputs open(
      RestoreInput input, Decryption decryption, Backends backends, boolean sealed)
      throws IOException {
    if (input.isStream()) {
      return new OpenInputs(
          List.of(), new BufferedInputStream(backends.standardInput()), decryption, false);
    }
    OpenInputs opened = new OpenInputs(new ArrayList<>(), null, decryption, false);
    try {
      for (BackupInput part : input.parts()) {
        Store store = backends.openStore(part.directory());
        try {
          BackupContents contents = part.contents(store);
          if (!sealed || !contents.sealed()) {
            contents = part.contents(store, decryption);
          }
          opened.inputs.add(new Opened(part, store, contents));
        } catch (IOException | RuntimeException e) {
          store.close();
          throw e;
        }
      }
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private static Decryption decryption(RestoreInput input, SecretAgentSpec agent)
      throws IOException {
    Decryption decryption =
        input.key() == null
            ? Decryption.none()
            : Decryption.of(input.key().resolveAll(Secrets.of(agent)));
    return decryption.withEncryption(input.encryption()).withCompression(input.compression());
  }

  public boolean isStream() {
    return stream != null;
  }

  /** All inputs; none for a stream. */
  public List<Opened> all() {
    return inputs;
  }

  /** Whether the key that was named can't be had here, so that no text can be read. */
  boolean isKeyless() {
    return keyless;
  }

  /** The input that a slice is of. */
  public Opened of(FileSlice slice) {
    return inputs.get(slice.input());
  }

  /**
   * The slices of all inputs; a stream is one.
   *
   * @param slots what they are cut for
   */
  public List<FileSlice> slices(int slots) {
    return isStream()
        ? List.of(new FileSlice(0, 0, BackupInput.STANDARD_INPUT, 0, 0, 0))
        : BackupContents.slices(contents(), slots);
  }

  /** Changes when one of the backups does. */
  public String edition() {
    return BackupContents.edition(contents());
  }

  /** The files of all inputs; a stream is one. */
  public int files() {
    return isStream() ? 1 : contents().stream().mapToInt(c -> c.files().size()).sum();
  }

  /** The stored bytes of all inputs; 0 for a stream, which doesn't tell. */
  public long bytes() {
    return contents().stream().mapToLong(BackupContents::bytes).sum();
  }

  /** The text of a slice. That of a stream can be opened once. */
  public SliceText text(FileSlice slice) throws IOException {
    return isStream()
        ? SliceText.ofStream(stream, "standard input", decryption)
        : SliceText.open(of(slice).store(), of(slice).contents(), slice);
  }

  /** What the manifests of the inputs, and the key, warn of. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(decryption.warnings());
    contents().forEach(c -> c.manifest().ifPresent(m -> warnings.addAll(m.warnings())));
    return warnings;
  }

  /** How many inputs have a manifest. */
  public int manifests() {
    return (int) contents().stream().filter(c -> c.manifest().isPresent()).count();
  }

  /**
   * Compares, at the end, what was read of an input with what its manifest says.
   *
   * @throws WorkException if that is not all
   */
  public void checkTotal(int input, long read) throws WorkException {
    InputCheck.total(inputs.get(input), read);
  }

  private List<BackupContents> contents() {
    return inputs.stream().map(Opened::contents).toList();
  }

  /** Closes the folders. A stream is closed by who reads it. */
  @Override
  public void close() {
    inputs.forEach(input -> input.store().close());
  }
}

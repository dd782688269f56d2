package org.asbeam.storage.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Resolves references to secrets, on the machine that needs the secret:
 *
 * <pre>
 * env:NAME               an environment variable
 * env-b64:NAME           one that holds base64
 * file:PATH              a file, without the line break at its end
 * secrets:RESOURCE:KEY   a secret of the Secret Agent
 * process:ID             what {@link #keep} took, in the same process only
 * lent:ID:NAME           a secret of a source that {@link #lend} took, in the same process only
 * b64:TEXT               base64 of the secret
 * anything else          the secret itself
 * </pre>
 *
 * <p>The last two are secrets and must not travel: {@link #toReference} puts them away. Safe for
 * use by several threads; asks the agent anew each time.
 */
public final class Secrets {
  private static final String ENV = "env:";
  private static final String ENV_B64 = "env-b64:";
  private static final String FILE = "file:";
  private static final String AGENT = "secrets:";
  private static final String PROCESS = ProcessVault.PREFIX;
  private static final String LENT = LentSecrets.PREFIX;
  private static final String B64 = "b64:";
  private static final List<String> REFERENCES = List.of(ENV, ENV_B64, FILE, AGENT, PROCESS, LENT);

  /** No password, and no key in PEM, has so many bytes. */
  private static final int MOST_BYTES = 1 << 20;

  private final Optional<SecretAgentSpec> agent;
  private final Function<String, String> environment;
  private final Map<String, byte[]> answers = new ConcurrentHashMap<>();

  /** With a Secret Agent. */
  public Secrets(SecretAgentSpec agent) {
    this(Optional.of(agent), System::getenv);
  }

  Secrets(Optional<SecretAgentSpec> agent, Function<String, String> environment) {
    this.agent = agent;
    this.environment = environment;
  }

  /** Without a Secret Agent: its references are errors. */
  public static Secrets withoutAgent() {
    return new Secrets(Optional.empty(), System::getenv);
  }

  /**
   * @param agent may be null: there is none
   */
  public static Secrets of(SecretAgentSpec agent) {
    return new Secrets(Optional.ofNullable(agent), System::getenv);
  }

  /**
   * Whether a text is a reference that shows nothing of its secret, so that options, plans and
   * pipelines may carry it.
   */
  public static boolean mayTravel(String text) {
    return REFERENCES.stream().anyMatch(text::startsWith);
  }

  /** Whether a text is a reference to a secret that no other process can resolve. */
  public static boolean staysHere(String text) {
    return text.startsWith(PROCESS) || text.startsWith(LENT);
  }

  /** Whether a text is a reference to the Secret Agent; any option may be one. */
  public static boolean isOfAgent(String text) {
    return text.startsWith(AGENT);
  }

  /**
   * What may travel in place of what a person gave: references as they are, a secret itself as a
   * reference that only this process resolves.
   *
   * @throws IllegalArgumentException if it starts with {@code b64:} and goes on with no base64
   */
  public static String toReference(String given) {
    return mayTravel(given) ? given : keep(literal(given));
  }

  /**
   * Takes a secret for the life of this process.
   *
   * @param secret is copied
   * @return {@code process:ID}, which only this process resolves
   */
  public static String keep(byte[] secret) {
    return ProcessVault.keep(secret);
  }

  /** Forgets what {@link #keep} took; quietly if it isn't there. */
  public static void forget(String reference) {
    ProcessVault.forget(reference);
  }

  /**
   * Lends a program's own source of secrets to jobs of this process.
   *
   * @return gives the references that {@link #resolve} takes, until it is closed
   */
  public static SecretLoan lend(SecretLookup lookup) {
    return LentSecrets.lend(lookup);
  }

  /**
   * Fetches a secret.
   *
   * @return its bytes, the caller's own
   * @throws SecretException if it can't be had
   */
  public byte[] resolve(String reference) throws SecretException {
    if (reference.startsWith(ENV)) {
      return variable(reference, reference.substring(ENV.length()));
    }
    if (reference.startsWith(ENV_B64)) {
      byte[] text = variable(reference, reference.substring(ENV_B64.length()));
      return base64(text)
          .orElseThrow(() -> new SecretException(reference + ": the variable is no base64", false));
    }
    if (reference.startsWith(FILE)) {
      return file(reference, reference.substring(FILE.length()));
    }
    if (reference.startsWith(AGENT)) {
      return secret(reference);
    }
    if (reference.startsWith(PROCESS)) {
      return ProcessVault.get(reference)
          .orElseThrow(
              () ->
                  new SecretException(
                      reference
                          + ": only the process that was given this secret has it; give it as"
                          + " env:NAME, file:PATH or secrets:RESOURCE:KEY, which every worker"
                          + " resolves for itself",
                      false));
    }
    if (reference.startsWith(LENT)) {
      return LentSecrets.resolve(reference);
    }
    if (reference.startsWith(B64)) {
      return base64(reference.substring(B64.length()).getBytes(StandardCharsets.UTF_8))
          .orElseThrow(() -> new SecretException("what follows b64: is no base64", false));
    }
    return reference.getBytes(StandardCharsets.UTF_8);
  }

  /** As {@link #resolve}, of a secret that is text in UTF-8. */
  public String resolveText(String reference) throws SecretException {
    byte[] bytes = resolve(reference);
    try {
      return new String(bytes, StandardCharsets.UTF_8);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private byte[] variable(String reference, String name) throws SecretException {
    if (name.isBlank()) {
      throw new SecretException(reference + ": the environment variable has no name", false);
    }
    String value = environment.apply(name);
    if (value == null || value.isEmpty()) {
      throw new SecretException(
          reference
              + ": the environment variable "
              + name
              + (value == null ? " is not set" : " is empty"),
          false);
    }
    return value.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] file(String reference, String name) throws SecretException {
    byte[] content;
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      content = in.readNBytes(MOST_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new SecretException(reference + ": there is no such file", false);
    } catch (InvalidPathException e) {
      throw new SecretException(reference + ": is no path", false);
    } catch (IOException e) {
      throw new SecretException(
          reference
              + ": can't be read"
              + (Files.isDirectory(Path.of(name)) ? ": it is a folder" : "; are there rights to?"),
          false);
    }
    if (content.length > MOST_BYTES) {
      throw new SecretException(
          reference + ": has more than " + MOST_BYTES + " bytes, which no secret has", false);
    }
    int length = content.length;
    if (length > 0 && content[length - 1] == '\n') {
      length--;
      if (length > 0 && content[length - 1] == '\r') {
        length--;
      }
    }
    if (length == 0) {
      throw new SecretException(reference + ": the file is empty", false);
    }
    byte[] secret = Arrays.copyOf(content, length);
    Arrays.fill(content, (byte) 0);
    return secret;
  }

  private byte[] secret(String reference) throws SecretException {
    String[] parts = reference.split(":", -1);
    if (parts.length != 3 || parts[1].isEmpty() || parts[2].isEmpty()) {
      throw new SecretException(reference + ": a secret is secrets:RESOURCE:KEY", false);
    }
    if (agent.isEmpty()) {
      throw new SecretException(
          reference + ": needs a Secret Agent; say where it is with --sa-address", false);
    }
    byte[] known = answers.get(reference);
    if (known == null) {
      known = new SecretAgent(agent.get()).secret(parts[1], parts[2]);
      answers.put(reference, known);
    }
    return known.clone();
  }

  private static byte[] literal(String given) {
    if (given.startsWith(B64)) {
      byte[] text = given.substring(B64.length()).getBytes(StandardCharsets.UTF_8);
      Optional<byte[]> decoded = base64(text);
      if (decoded.isEmpty()) {
        throw new IllegalArgumentException("what follows b64: is no base64");
      }
      return decoded.get();
    }
    return given.getBytes(StandardCharsets.UTF_8);
  }

  static Optional<byte[]> base64(byte[] text) {
    try {
      String joined = new String(text, StandardCharsets.ISO_8859_1).replaceAll("\\s", "");
      return Optional.of(Base64.getDecoder().decode(joined));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

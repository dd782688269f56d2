package org.asbeam.pipelines.options;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What all jobs have in common, as pipeline options. Made from the table, {@link Options}, which
 * reads the texts and knows the defaults: a property that nobody sets is null.
 */
public interface CommonOptions extends PipelineOptions {
  @Description(
      "Backup folder. A backup wants one that is empty or does not exist; verify and cleanup take"
          + " it without the flag, too.")
  String getDirectory();

  void setDirectory(String value);

  @Description("Slices worked on at once. 0: as many as the machine has cores. Default: 0.")
  Integer getParallel();

  void setParallel(Integer value);

  @Description(
      "backup: Compression of the backup files. Default: NONE. restore: Compression that the"
          + " backup files must have. Not needed: without it each file is looked at.")
  String getCompress();

  void setCompress(String value);

  @Description(
      "backup: Encryption of the backup files. Needs one of the three keys. Default: NONE."
          + " restore: Encryption that the backup files must have. Not needed: a key is enough,"
          + " and each file is looked at.")
  String getEncrypt();

  void setEncrypt(String value);

  @Description("The key: a private RSA key in PEM, PKCS#1 or PKCS#8.")
  String getEncryptionKeyFile();

  void setEncryptionKeyFile(String value);

  @Description("The key: an environment variable that holds it, in PEM or base64.")
  String getEncryptionKeyEnv();

  void setEncryptionKeyEnv(String value);

  @Description("The key: a secret of the Secret Agent.")
  String getEncryptionKeySecret();

  void setEncryptionKeySecret(String value);

  @Description(
      "Where the Secret Agent is: host, or path of its Unix socket. With it the value of any"
          + " option may be secrets:RESOURCE:KEY.")
  String getSaAddress();

  void setSaAddress(String value);

  @Description("Port of the Secret Agent, unless the address has it. Default: 0.")
  Integer getSaPort();

  void setSaPort(Integer value);

  @Description("How it is reached. Default: TCP.")
  String getSaConnectionType();

  void setSaConnectionType(String value);

  @Description(
      "How long it may take to connect, to take a request, and to answer, each. A bare number is"
          + " milliseconds. Default: 10s.")
  String getSaTimeout();

  void setSaTimeout(String value);

  @Description("Certificates to trust, in PEM; turns TLS on.")
  String getSaCafile();

  void setSaCafile(String value);

  @Description("Name in its certificate.")
  String getSaTlsName();

  void setSaTlsName(String value);

  @Description("Our certificate for it.")
  String getSaCertFile();

  void setSaCertFile(String value);

  @Description("The private key of our certificate.")
  String getSaKeyFile();

  void setSaKeyFile(String value);

  @Description("Its secrets are in base64.")
  Boolean getSaIsBase64();

  void setSaIsBase64(Boolean value);

  @Description("YAML file with options that neither a flag nor the environment gives.")
  String getConfig();

  void setConfig(String value);

  @Description("Log what happens, and print the stack trace of an error.")
  Boolean getVerbose();

  void setVerbose(Boolean value);

  @Description("Log what happens from this level on. --verbose and --log-file alone mean INFO.")
  String getLogLevel();

  void setLogLevel(String value);

  @Description("Write everything on standard error as JSON, an object a line.")
  Boolean getLogJson();

  void setLogJson(Boolean value);

  @Description("Append the log to this file instead of standard error.")
  String getLogFile();

  void setLogFile(String value);
}

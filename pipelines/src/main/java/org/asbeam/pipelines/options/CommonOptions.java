package org.asbeam.pipelines.options;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What all jobs have in common, as pipeline options. Made from the table, {@link Options}, which
 * reads the texts and knows the defaults: a property that nobody sets is null.
 */
public interface CommonOptions extends PipelineOptions {
  @Description(
      "Backup folder. A backup wants one that is empty or does not exist; verify, cleanup and"
          + " status take it without the flag, too.")
  String getDirectory();

  void setDirectory(String value);

  @Description(
      "Slices worked on at once. 0: as many as the machine has cores, or the Flink cluster slots."
          + " Default: 0.")
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

  @Description(
      "Bucket of Amazon S3, or of a store that speaks its protocol; --directory and files are"
          + " names in it. The same as --directory s3://BUCKET/DIR.")
  String getS3BucketName();

  void setS3BucketName(String value);

  @Description(
      "Region of the bucket. Without it the environment and the AWS profile are asked; us-east-1"
          + " with --s3-endpoint-override.")
  String getS3Region();

  void setS3Region(String value);

  @Description("Profile of the AWS configuration that credentials and region come from.")
  String getS3Profile();

  void setS3Profile(String value);

  @Description(
      "Access key id. Without it the usual chain is asked: environment, profile, web identity,"
          + " container, instance. Give a reference: it is shown to anybody.")
  String getS3AccessKeyId();

  void setS3AccessKeyId(String value);

  @Description("The secret key of the access key id. Give a reference: it is shown to anybody.")
  String getS3SecretAccessKey();

  void setS3SecretAccessKey(String value);

  @Description("Where the store is, if it is not Amazon's; buckets are then part of the path.")
  String getS3EndpointOverride();

  void setS3EndpointOverride(String value);

  @Description("Connections to the store at once. Default: 64.")
  Integer getS3MaxConnsPerHost();

  void setS3MaxConnsPerHost(Integer value);

  @Description(
      "How long one request may take; also how long a body may be silent. A bare number is"
          + " milliseconds. Default: 10m.")
  String getS3RequestTimeout();

  void setS3RequestTimeout(String value);

  @Description(
      "How often a request is made until it succeeds. A store that never answered is tried three"
          + " times: its address may be wrong. Default: 100.")
  Integer getS3RetryMaxAttempts();

  void setS3RetryMaxAttempts(Integer value);

  @Description(
      "The pause before the second attempt; it doubles from then on, and half of it is left to"
          + " chance. A bare number is seconds. Default: 1s.")
  String getS3RetryBackoff();

  void setS3RetryBackoff(String value);

  @Description("The longest pause between two attempts. A bare number is seconds. Default: 90s.")
  String getS3RetryMaxBackoff();

  void setS3RetryMaxBackoff(String value);

  @Description(
      "Bucket of Google Cloud Storage; --directory and files are names in it. The same as"
          + " --directory gs://BUCKET/DIR.")
  String getGcpBucketName();

  void setGcpBucketName(String value);

  @Description(
      "Key of a service account, as a JSON file. Without it the usual chain is asked:"
          + " GOOGLE_APPLICATION_CREDENTIALS, gcloud, workload identity.")
  String getGcpKeyPath();

  void setGcpKeyPath(String value);

  @Description("Where the store is, if it is not Google's; without a key nobody logs in there.")
  String getGcpEndpointOverride();

  void setGcpEndpointOverride(String value);

  @Description("Connections to the store at once. Default: 64.")
  Integer getGcpMaxConnsPerHost();

  void setGcpMaxConnsPerHost(Integer value);

  @Description(
      "How long one request may take; also how long a body may be silent. A bare number is"
          + " milliseconds. Default: 10m.")
  String getGcpRequestTimeout();

  void setGcpRequestTimeout(String value);

  @Description(
      "How often a request is made until it succeeds. A store that never answered is tried three"
          + " times: its address may be wrong. Default: 100.")
  Integer getGcpRetryMaxAttempts();

  void setGcpRetryMaxAttempts(Integer value);

  @Description(
      "The pause before the second attempt; it doubles from then on, and half of it is left to"
          + " chance. A bare number is seconds. Default: 1s.")
  String getGcpRetryInitBackoff();

  void setGcpRetryInitBackoff(String value);

  @Description("The longest pause between two attempts. A bare number is seconds. Default: 90s.")
  String getGcpRetryMaxBackoff();

  void setGcpRetryMaxBackoff(String value);

  @Description("How much longer each further pause is. Default: 2.")
  String getGcpRetryBackoffMultiplier();

  void setGcpRetryBackoffMultiplier(String value);

  @Description(
      "Container of Azure Blob Storage; --directory and files are names in it. The same as"
          + " --directory azfs://ACCOUNT/CONTAINER/DIR.")
  String getAzureContainerName();

  void setAzureContainerName(String value);

  @Description("Storage account.")
  String getAzureAccountName();

  void setAzureAccountName(String value);

  @Description(
      "Key of the storage account. Without any credentials the usual chain is asked: environment,"
          + " workload identity, managed identity, az. Give a reference: it is shown to anybody.")
  String getAzureAccountKey();

  void setAzureAccountKey(String value);

  @Description("Shared access signature. Give a reference: it is shown to anybody.")
  String getAzureSasToken();

  void setAzureSasToken(String value);

  @Description(
      "Tenant of an application that logs in by --azure-client-id and --azure-client-secret.")
  String getAzureTenantId();

  void setAzureTenantId(String value);

  @Description("Id of the application. Give a reference: it is shown to anybody.")
  String getAzureClientId();

  void setAzureClientId(String value);

  @Description("Secret of the application. Give a reference: it is shown to anybody.")
  String getAzureClientSecret();

  void setAzureClientSecret(String value);

  @Description("Where the store is, if it is not at https://ACCOUNT.blob.core.windows.net.")
  String getAzureEndpoint();

  void setAzureEndpoint(String value);

  @Description(
      "backup: Access tier of the backup files; journal, indexes and manifest stay in the"
          + " account's own. restore, verify: Take files out of the archive first, to this tier,"
          + " and wait for them.")
  String getAzureAccessTier();

  void setAzureAccessTier(String value);

  @Description("Requests to the store at once. Default: 64.")
  Integer getAzureMaxConnsPerHost();

  void setAzureMaxConnsPerHost(Integer value);

  @Description(
      "How long one request may take; also how long a body may be silent. A bare number is"
          + " milliseconds. Default: 10m.")
  String getAzureRequestTimeout();

  void setAzureRequestTimeout(String value);

  @Description(
      "The same, if it is shorter. 0: the request timeout alone counts. A bare number is seconds."
          + " Default: 0.")
  String getAzureRetryTimeout();

  void setAzureRetryTimeout(String value);

  @Description(
      "How often a request is made until it succeeds. A store that never answered is tried three"
          + " times: its address may be wrong. Default: 100.")
  Integer getAzureRetryMaxAttempts();

  void setAzureRetryMaxAttempts(Integer value);

  @Description(
      "The pause before the second attempt; it doubles from then on, and half of it is left to"
          + " chance. A bare number is seconds. Default: 1s.")
  String getAzureRetryDelay();

  void setAzureRetryDelay(String value);

  @Description("The longest pause between two attempts. A bare number is seconds. Default: 90s.")
  String getAzureRetryMaxDelay();

  void setAzureRetryMaxDelay(String value);

  @Description(
      "Hadoop's configuration: files such as core-site.xml and hdfs-site.xml, or folders with"
          + " them. Without it HADOOP_CONF_DIR.")
  String getHdfsConfig();

  void setHdfsConfig(String value);

  @Description(
      "The user to act as, without Kerberos. Without it HADOOP_USER_NAME, or the process's own.")
  String getHdfsUser();

  void setHdfsUser(String value);

  @Description("How long one request may take. A bare number is milliseconds. Default: 10m.")
  String getHdfsRequestTimeout();

  void setHdfsRequestTimeout(String value);

  @Description(
      "How often a request is made until it succeeds. A store that never answered is tried three"
          + " times: its address may be wrong. Default: 100.")
  Integer getHdfsRetryMaxAttempts();

  void setHdfsRetryMaxAttempts(Integer value);

  @Description(
      "The pause before the second attempt; it doubles from then on, and half of it is left to"
          + " chance. A bare number is seconds. Default: 1s.")
  String getHdfsRetryBackoff();

  void setHdfsRetryBackoff(String value);

  @Description("The longest pause between two attempts. A bare number is seconds. Default: 90s.")
  String getHdfsRetryMaxBackoff();

  void setHdfsRetryMaxBackoff(String value);
}

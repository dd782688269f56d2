package org.asbeam.storage.gcs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Keys of service accounts, in Google's JSON. */
final class Keys {
  /** The stub looks at no signature, so one key does for all. */
  private static final byte[] KEY = generate();

  private Keys() {}

  private static byte[] generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair().getPrivate().getEncoded();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A key of an account, whose tokens are given out by a stub. */
  static String make(StubGcs stub, String email) {
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(KEY)
            + "\n-----END PRIVATE KEY-----\n";
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("type", "service_account");
    json.put("project_id", "p");
    json.put("private_key_id", "1");
    json.put("private_key", pem);
    json.put("client_email", email);
    json.put("client_id", "1");
    json.put("token_uri", stub.endpoint() + "/token");
    return json.toString();
  }
}

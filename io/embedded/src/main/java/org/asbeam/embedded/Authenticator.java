package org.asbeam.embedded;

import java.util.List;
import java.util.Map;

/**
 * Says who may log in to an {@link EmbeddedCluster}. A cluster with one answers nothing to a
 * connection that did not log in, as an Enterprise server with security does.
 */
@FunctionalInterface
public interface Authenticator {
  /**
   * @return a code of {@link ResultCode}: OK lets the user in
   */
  int check(Attempt attempt);

  /** The names of the users, for clients that ask for them. */
  default List<String> users() {
    return List.of();
  }

  /** The names of the roles, for clients that ask for them. */
  default List<String> roles() {
    return List.of();
  }

  /**
   * A login as it came over the wire.
   *
   * @param user empty: none was sent, as in logins by certificate
   * @param credential the hash of the password, which the client computes; empty: none was sent
   * @param password the password itself, which clients send for external authentication; empty:
   *     none was sent
   */
  record Attempt(String user, String credential, String password) {
    /** Who, and not by what. */
    @Override
    public String toString() {
      return "Attempt[" + user + "]";
    }
  }

  /** Lets users in by the hashes of their passwords, as clients send them: bcrypt with its salt. */
  static Authenticator ofHashes(Map<String, String> hashes) {
    Map<String, String> known = Map.copyOf(hashes);
    return new Authenticator() {
      @Override
      public int check(Attempt attempt) {
        String hash = known.get(attempt.user());
        if (hash == null) {
          return ResultCode.INVALID_USER;
        }
        return hash.equals(attempt.credential()) ? ResultCode.OK : ResultCode.INVALID_CREDENTIAL;
      }

      @Override
      public List<String> users() {
        return known.keySet().stream().sorted().toList();
      }

      @Override
      public List<String> roles() {
        return List.of("read-write", "sys-admin");
      }
    };
  }
}

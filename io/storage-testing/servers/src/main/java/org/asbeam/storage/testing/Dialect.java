package org.asbeam.storage.testing;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a kind of store spells its errors. */
public enum Dialect {
  /** Amazon S3. */
  S3 {
    @Override
    public Fault throttled() {
      return error(503, "SlowDown", "Please reduce your request rate.");
    }

    @Override
    public Fault broken() {
      return error(500, "InternalError", "We encountered an internal error. Please try again.");
    }

    @Override
    public Fault denied() {
      return error(403, "AccessDenied", "Access Denied");
    }

    @Override
    Fault deniedDelete(ProxyRequest request) {
      if (request.method().equals("DELETE")) {
        return denied();
      }
      if (!request.method().equals("POST") || !BULK_DELETE.matcher(request.path()).find()) {
        return Fault.PASS;
      }
      // S3 answers such a request with success and refuses each key by itself.
      StringBuilder body = new StringBuilder(XML).append("<DeleteResult>");
      Matcher keys = KEY.matcher(request.body());
      while (keys.find()) {
        body.append("<Error>").append(keys.group());
        body.append("<Code>AccessDenied</Code><Message>Access Denied</Message></Error>");
      }
      return Fault.status(200, XML_TYPE, body.append("</DeleteResult>").toString());
    }

    private Fault error(int code, String name, String message) {
      return Fault.status(code, XML_TYPE, XML + xmlError(name, message));
    }
  },

  /** Google Cloud Storage. */
  GCS {
    @Override
    public Fault throttled() {
      return error(429, "usageLimits", "rateLimitExceeded", "The rate of requests is too high.");
    }

    @Override
    public Fault broken() {
      return error(500, "global", "internalError", "Internal Error");
    }

    @Override
    public Fault denied() {
      return error(403, "global", "forbidden", DENIED);
    }

    @Override
    Fault deniedDelete(ProxyRequest request) {
      if (request.method().equals("DELETE")) {
        return denied();
      }
      Matcher deletes = BATCHED_DELETE.matcher(request.body());
      if (!request.path().contains("/batch/") || !deletes.find()) {
        return Fault.PASS;
      }
      // A batch succeeds, and each of its parts has an answer of its own.
      String json = json(403, "global", "forbidden", DENIED);
      StringBuilder body = new StringBuilder();
      do {
        body.append("--parts\r\nContent-Type: application/http\r\n\r\n");
        body.append("HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\n");
        body.append("Content-Length: ").append(json.length()).append("\r\n\r\n");
        body.append(json).append("\r\n");
      } while (deletes.find());
      return Fault.status(
          200,
          Map.of("Content-Type", "multipart/mixed; boundary=parts"),
          body.append("--parts--\r\n").toString());
    }

    private Fault error(int code, String domain, String reason, String message) {
      return Fault.status(
          code,
          Map.of("Content-Type", "application/json; charset=UTF-8"),
          json(code, domain, reason, message));
    }

    private String json(int code, String domain, String reason, String message) {
      return """
          {"error":{"code":%d,"message":"%s","errors":[{"message":"%s","domain":"%s","reason":"%s"}]}}
          """
          .formatted(code, message, message, domain, reason)
          .strip();
    }
  },

  /** Azure Blob Storage. */
  AZURE {
    @Override
    public Fault throttled() {
      return error(503, "ServerBusy", "The server is busy.");
    }

    @Override
    public Fault broken() {
      return error(500, "InternalError", "The server encountered an internal error.");
    }

    @Override
    public Fault denied() {
      return error(
          403,
          "AuthorizationPermissionMismatch",
          "This request is not authorized to perform this operation using this permission.");
    }

    private Fault error(int code, String name, String message) {
      return Fault.status(
          code,
          Map.of("Content-Type", "application/xml", "x-ms-error-code", name),
          XML + xmlError(name, message));
    }
  };

  private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  private static final Map<String, String> XML_TYPE = Map.of("Content-Type", "application/xml");
  private static final Pattern BULK_DELETE = Pattern.compile("[?&]delete(?:=|&|$)");
  private static final Pattern KEY = Pattern.compile("<Key>[^<]*</Key>");
  private static final Pattern BATCHED_DELETE = Pattern.compile("(?m)^DELETE ");
  private static final String DENIED =
      "The account does not have storage.objects.delete access to the Google Cloud Storage object.";

  /** The store asks to come slower. */
  public abstract Fault throttled();

  /** The store has an internal error. */
  public abstract Fault broken();

  /** The store refuses for lack of rights. */
  public abstract Fault denied();

  /** What a request gets from a store that refuses all deletes. */
  Fault deniedDelete(ProxyRequest request) {
    return request.method().equals("DELETE") ? denied() : Fault.PASS;
  }

  private static String xmlError(String code, String message) {
    return "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>";
  }
}

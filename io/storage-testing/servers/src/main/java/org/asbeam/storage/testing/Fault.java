package org.asbeam.storage.testing;

import java.time.Duration;
import java.util.Map;

/** What a {@link FaultyProxy} does with a request. */
public sealed interface Fault {
  /** Passes the request on, and the response back. */
  Fault PASS = new Pass();

  /** How {@link FaultyProxy#faults} counts it. */
  String label();

  /**
   * Answers without asking the server. The body of the request is read and forgotten.
   *
   * @param headers without Content-Length
   */
  static Fault status(int code, Map<String, String> headers, String body) {
    return new Status(code, Map.copyOf(headers), body);
  }

  /**
   * Passes on the head and that many bytes of the body of the response, then resets the connection.
   * A response that is not longer passes whole and is not counted as a fault.
   */
  static Fault cutResponseAfter(long bytes) {
    return new CutResponse(bytes);
  }

  /** Resets the connection instead of passing the request on: it has no effect. */
  static Fault dropRequest() {
    return new DropRequest();
  }

  /** Lets the server carry out the request, then resets the connection without an answer. */
  static Fault dropResponse() {
    return new DropResponse();
  }

  /** Waits, then passes the request on. */
  static Fault delay(Duration duration) {
    return new Delay(duration);
  }

  /** Reads the request and never answers, until the client gives up or the proxy is closed. */
  static Fault hang() {
    return new Hang();
  }

  /** See {@link #PASS}. */
  record Pass() implements Fault {
    @Override
    public String label() {
      return "pass";
    }
  }

  /** See {@link #status}. */
  record Status(int code, Map<String, String> headers, String body) implements Fault {
    @Override
    public String label() {
      return "status " + code;
    }
  }

  /** See {@link #cutResponseAfter}. */
  record CutResponse(long bytes) implements Fault {
    @Override
    public String label() {
      return "cut response";
    }
  }

  /** See {@link #dropRequest}. */
  record DropRequest() implements Fault {
    @Override
    public String label() {
      return "drop request";
    }
  }

  /** See {@link #dropResponse}. */
  record DropResponse() implements Fault {
    @Override
    public String label() {
      return "drop response";
    }
  }

  /** See {@link #delay}. */
  record Delay(Duration duration) implements Fault {
    @Override
    public String label() {
      return "delay";
    }
  }

  /** See {@link #hang}. */
  record Hang() implements Fault {
    @Override
    public String label() {
      return "hang";
    }
  }
}

package org.asbeam.embedded;

/** An injected fault that ends the connection. */
final class ConnectionFault extends Exception {
  private static final long serialVersionUID = 1L;

  /** Whether to announce a frame and send half of it before the reset. */
  private final boolean midFrame;

  ConnectionFault(boolean midFrame) {
    super("injected fault", null, false, false);
    this.midFrame = midFrame;
  }

  boolean midFrame() {
    return midFrame;
  }
}

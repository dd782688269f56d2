package org.asbeam.transforms.work;

import java.io.IOException;
import java.util.List;

/** Where the workers of a run post what they tell each other, each its own. */
interface Board {
  /**
   * Posts, in place of what the worker posted before.
   *
   * @throws IOException if that failed; it may be seen nevertheless, now or later
   */
  void post(SharePost mine) throws IOException;

  /**
   * The posts of all workers, the own ones among them, in no order that matters. What was posted
   * before this was asked is there, or what the worker has posted meanwhile; older posts of a
   * worker may be there too.
   *
   * <p>This is so if no worker posts more than twice meanwhile.
   */
  List<SharePost> posts() throws IOException;

  /** Posts a worker's last one; nothing else of it stays. */
  void leave(SharePost last) throws IOException;
}

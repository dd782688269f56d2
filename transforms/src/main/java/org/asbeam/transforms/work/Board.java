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
   * The posts of all workers, the own ones among them, in no order that matters. Of each worker
   * that had posted before this was asked there is the latest post from before, or one from
   * meanwhile; older ones may be there too.
   *
   * <p>This is so unless a worker posts more than once meanwhile, its first two posts aside.
   */
  List<SharePost> posts() throws IOException;

  /** Takes the post of a worker away that is gone, if that can be done. */
  void remove(SharePost left);

  /** Takes all away that this worker has posted. */
  void leave() throws IOException;
}

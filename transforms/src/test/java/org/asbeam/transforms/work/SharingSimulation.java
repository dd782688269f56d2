package org.asbeam.transforms.work;

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeSet;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoredFile;

/**
 * Worker processes of a run with a limit, from one seed and without a clock: each has a real {@link
 * SharedLimits} over a store that takes its time, and a thread that takes records as fast as it
 * would like to and may.
 */
final class SharingSimulation {
  static final long SECOND = 1_000_000_000;

  /** What was used is counted in pieces of this length. */
  private static final long PIECE = SECOND / 10;

  private static final long NAP = SECOND / 10;

  final Random random;
  private final long limit;
  private final Weather weather;
  private final List<Worker> workers = new ArrayList<>();
  private final List<Long> used = new ArrayList<>();
  private final List<Boolean> wanting = new ArrayList<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::order));
  private final TreeSet<String> files = new TreeSet<>();
  private long order;
  private long now;
  private long usedNow;
  private double highestRate;
  private int requests;

  private record Event(long time, long order, Runnable what) {}

  /**
   * How the store behaves.
   *
   * @param errors the share of its requests that fail
   * @param slow the share of them that take up to 15 seconds
   */
  record Weather(double errors, double slow) {
    static final Weather FAIR = new Weather(0.01, 0);
    static final Weather STORM = new Weather(0.1, 0.03);
  }

  SharingSimulation(long seed, long limit, Weather weather) {
    this.random = new Random(seed);
    this.limit = limit;
    this.weather = weather;
  }

  void at(long time, Runnable what) {
    events.add(new Event(time, order++, what));
  }

  List<Worker> workers() {
    return workers;
  }

  /** Records in every piece of time. */
  List<Long> used() {
    return used;
  }

  /** Whether all together wanted more than the limit, in every piece of time. */
  List<Boolean> wanting() {
    return wanting;
  }

  /** The highest sum of what all may use per second that was seen. */
  double highestRate() {
    return highestRate;
  }

  /** Calls of the store. */
  int requests() {
    return requests;
  }

  /** Some moment of the next so many seconds. */
  long within(double seconds) {
    return now + (long) (random.nextDouble() * seconds * SECOND);
  }

  void run(Duration time) {
    at(PIECE, this::count);
    while (!events.isEmpty() && events.peek().time() <= time.toNanos()) {
      Event event = events.poll();
      now = event.time();
      event.what().run();
    }
    workers.forEach(Worker::kill);
  }

  private void count() {
    used.add(usedNow);
    usedNow = 0;
    List<Worker> alive = workers.stream().filter(worker -> worker.alive).toList();
    wanting.add(alive.stream().mapToDouble(worker -> worker.speed).sum() > limit);
    highestRate =
        Math.max(
            highestRate,
            alive.stream().mapToDouble(worker -> worker.throttle.records().rate(now)).sum());
    at(now + PIECE, this::count);
  }

  /** Starts a process. */
  Worker join(double speed) {
    Worker worker = new Worker("host_" + workers.size(), speed);
    workers.add(worker);
    return worker;
  }

  /** A process. */
  final class Worker {
    private final Throttle throttle;
    private final SharedLimits limits;
    private Coroutine steps;
    private double speed;
    private boolean alive = true;
    private boolean leaving;
    private long frozenUntil;
    private boolean taking;
    private double ticket;
    private long things;

    private Worker(String name, double speed) {
      this.speed = speed;
      Limits records = new Limits(limit, 0);
      this.throttle = new Throttle(records, () -> now, nanos -> {});
      this.limits =
          SharedLimits.join(
              name,
              records,
              throttle,
              new StoreBoard(new SlowStore(this), "shares"),
              () -> 1,
              new Surroundings(null, random, this::every));
      at(now, this::work);
    }

    private Surroundings.Closing every(Duration period, String name, Runnable task) {
      steps =
          new Coroutine(
              () -> {
                while (!leaving) {
                  task.run();
                  pause(period.toNanos() + random.nextInt(1_000_000));
                }
                limits.close();
              });
      resumeAt(now);
      return () -> {};
    }

    /** Wants so many records per second from now on. */
    void want(double recordsPerSecond) {
      speed = recordsPerSecond;
    }

    /** What it may use now, in records per second. */
    double share() {
      return throttle.records().rate(now);
    }

    /** As {@code kill -9}. */
    void kill() {
      if (alive) {
        alive = false;
        steps.kill();
      }
    }

    /** Does nothing for a time, as when a virtual machine is moved. */
    void freeze(double seconds) {
      frozenUntil = now + (long) (seconds * SECOND);
    }

    /** Ends in order. */
    void leave() {
      leaving = true;
      speed = 0;
    }

    private void pause(long nanos) {
      resumeAt(now + nanos);
      steps.pause();
    }

    private void resumeAt(long time) {
      at(
          time,
          () -> {
            if (!alive) {
              return;
            }
            if (now < frozenUntil) {
              resumeAt(frozenUntil);
            } else {
              steps.resume();
            }
          });
    }

    /** Takes some records at a time, twenty times a second if nothing holds it back. */
    private void work() {
      if (!alive) {
        return;
      }
      long next;
      if (now < frozenUntil) {
        next = frozenUntil;
      } else if (!taking && speed == 0) {
        next = now + NAP;
      } else {
        next = take();
      }
      at(next, this::work);
    }

    private long take() {
      Pace pace = throttle.records();
      if (!taking) {
        things = Math.max(1, (long) Math.min(speed, share()) / 20);
        ticket = pace.take(things, now);
        taking = true;
      }
      long wait = Math.min(NAP, pace.waitFor(ticket, now));
      if (wait > 0) {
        pace.waited(wait);
        return now + wait;
      }
      usedNow += things;
      taking = false;
      return now + (long) (things * SECOND / Math.max(1, speed));
    }
  }

  /** What all workers see of one folder, each with delays of its own. */
  private final class SlowStore implements Store {
    private final Worker worker;

    private SlowStore(Worker worker) {
      this.worker = worker;
    }

    private void delay() {
      boolean slow = random.nextDouble() < weather.slow();
      worker.pause((long) (random.nextDouble() * (slow ? 15 : 0.1) * SECOND));
    }

    private boolean fails() {
      return random.nextDouble() < weather.errors();
    }

    private StoreException error(String name) {
      return new StoreException(StoreException.Kind.TRANSIENT, name, "timed out", null);
    }

    @Override
    public void put(String name, byte[] content) throws StoreException {
      requests++;
      delay();
      if (fails()) {
        if (random.nextBoolean()) {
          // It comes in the end, perhaps after later ones.
          at(within(20), () -> files.add(name));
        }
        throw error(name);
      }
      files.add(name);
      delay();
      if (fails()) {
        throw error(name);
      }
    }

    @Override
    public void delete(String name) throws StoreException {
      requests++;
      delay();
      if (fails()) {
        throw error(name);
      }
      files.remove(name);
    }

    /** What comes or goes while this takes its time is in it or not. */
    @Override
    public List<StoredFile> list(String folder) throws StoreException {
      requests++;
      TreeSet<String> before = new TreeSet<>(files);
      delay();
      if (fails()) {
        throw error(folder);
      }
      TreeSet<String> all = new TreeSet<>(before);
      all.addAll(files);
      all.removeIf(
          name -> !(before.contains(name) && files.contains(name)) && random.nextBoolean());
      return all.stream().map(name -> new StoredFile(name, 0, false)).toList();
    }

    @Override
    public String location() {
      return "simulated";
    }

    @Override
    public StoreOutput create(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public StoreOutput createWhole(String name, boolean replace) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean putIfAbsent(String name, byte[] content) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] get(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public InputStream read(String name, long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long size(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}

package dev.alicorn.gpuworker.tensorrt;

import dev.alicorn.gpuworker.tensorrt.cuda.CudaContext;
import dev.alicorn.gpuworker.tensorrt.cuda.DeviceException;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import dev.alicorn.protocol.Embedding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Two streams that share a device's work: each batch is cut by bucket and goes to the next place
/// that is free. Any number of threads may call it.
///
/// Where the device is out of memory, all is opened again with half the rows a bucket and goes on.
final class Lanes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
  private static final int LANES = 2;

  private final CudaContext cuda;
  private final NetworkSource networks;
  private final InputLayout layout;
  private final ReadWriteLock opening = new ReentrantReadWriteLock(true);
  private final List<Lane> lanes = new ArrayList<>();
  private final Padding padding = new Padding();
  private BlockingQueue<Lane.Slot> free = new ArrayBlockingQueue<>(LANES * Lane.SLOTS);
  private Buckets buckets;

  /// Where a lane's network comes from.
  @FunctionalInterface
  interface NetworkSource {
    Network open() throws DeviceException;
  }

  /// Opens the lanes, with fewer rows than asked for where there is not the memory.
  Lanes(CudaContext cuda, NetworkSource networks, InputLayout layout, Buckets buckets)
      throws DeviceException {
    this.cuda = cuda;
    this.networks = networks;
    this.layout = layout;
    this.buckets = buckets;
    cuda.enter();
    open();
  }

  /// One vector for each caption, in their order.
  List<Embedding> encode(List<TokenSequence> captions) throws DeviceException {
    Embedding[] vectors = new Embedding[captions.size()];
    for (List<Integer> places : buckets().places(captions).values()) {
      int done = 0;
      while (done < places.size()) {
        done += runSome(captions, places.subList(done, places.size()), vectors);
      }
    }
    return Arrays.asList(vectors);
  }

  /// Runs a bucket's graph so many times on each stream, over whatever lies in its memory, and
  /// waits for the last.
  ///
  /// @return rows that were run
  long launch(int index, int times) throws DeviceException {
    opening.readLock().lock();
    try {
      for (int i = 0; i < times; i++) {
        for (Lane lane : lanes) {
          lane.launch(index);
        }
      }
      for (Lane lane : lanes) {
        lane.await();
      }
      return (long) LANES * times * buckets.get(index).rows();
    } finally {
      opening.readLock().unlock();
    }
  }

  /// What share of the tokens that were computed so far is padding, 0 to 1.
  double paddingShare() {
    return padding.share();
  }

  /// The shapes in use.
  Buckets buckets() {
    opening.readLock().lock();
    try {
      return buckets;
    } finally {
      opening.readLock().unlock();
    }
  }

  /// Frees all; no call may be in progress.
  @Override
  public void close() {
    opening.writeLock().lock();
    try {
      cuda.enter();
      closeLanes();
    } catch (DeviceException e) {
      LOG.debug("closing: {}", e.getMessage());
    } finally {
      opening.writeLock().unlock();
    }
  }

  /// Runs as many of the captions as a bucket takes; none where there was no memory for that.
  private int runSome(List<TokenSequence> captions, List<Integer> places, Embedding[] vectors)
      throws DeviceException {
    Buckets tried = buckets();
    DeviceException failure;
    opening.readLock().lock();
    try {
      if (!buckets.equals(tried)) {
        return 0;
      }
      int index = tried.indexFor(captions.get(places.getFirst()).length());
      List<Integer> some = places.subList(0, Math.min(places.size(), tried.get(index).rows()));
      List<TokenSequence> rows = some.stream().map(captions::get).toList();
      List<Embedding> got = run(index, rows);
      padding.add(rows, tried.get(index));
      for (int i = 0; i < some.size(); i++) {
        vectors[some.get(i)] = got.get(i);
      }
      return some.size();
    } catch (DeviceException e) {
      failure = e;
    } finally {
      opening.readLock().unlock();
    }
    if (!failure.isOutOfMemory()) {
      throw failure;
    }
    halve(tried, failure);
    return 0;
  }

  private List<Embedding> run(int index, List<TokenSequence> captions) throws DeviceException {
    Lane.Slot slot = take();
    try {
      return slot.lane().run(slot, index, captions);
    } finally {
      free.add(slot);
    }
  }

  private Lane.Slot take() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return free.take();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Goes on with half the rows, unless another thread has seen to it.
  private void halve(Buckets tried, DeviceException failure) throws DeviceException {
    opening.writeLock().lock();
    try {
      if (!buckets.equals(tried)) {
        return;
      }
      cuda.enter();
      closeLanes();
      buckets = smaller(failure);
      open();
    } finally {
      opening.writeLock().unlock();
    }
  }

  private void open() throws DeviceException {
    while (true) {
      Optional<DeviceException> failure = tryOpen();
      if (failure.isEmpty()) {
        return;
      }
      closeLanes();
      buckets = smaller(failure.get());
    }
  }

  private Optional<DeviceException> tryOpen() throws DeviceException {
    try {
      for (int i = 0; i < LANES; i++) {
        lanes.add(new Lane(cuda, networks.open(), buckets, layout));
      }
      free = new ArrayBlockingQueue<>(LANES * Lane.SLOTS);
      for (int slot = 0; slot < Lane.SLOTS; slot++) {
        for (Lane lane : lanes) {
          free.add(lane.slots().get(slot));
        }
      }
      return Optional.empty();
    } catch (DeviceException e) {
      if (e.isOutOfMemory()) {
        return Optional.of(e);
      }
      closeLanes();
      throw e;
    }
  }

  private Buckets smaller(DeviceException failure) throws DeviceException {
    if (buckets.rowsMax() == 1) {
      throw failure;
    }
    Buckets halved = buckets.halved();
    LOG.warn(
        "the device is out of memory ({}); going on with batches of half the rows: {}",
        failure.getMessage(),
        halved);
    return halved;
  }

  private void closeLanes() {
    lanes.forEach(Lane::close);
    lanes.clear();
  }
}

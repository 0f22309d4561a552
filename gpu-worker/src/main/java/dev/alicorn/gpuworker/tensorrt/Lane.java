package dev.alicorn.gpuworker.tensorrt;

import dev.alicorn.gpuworker.tensorrt.cuda.CudaContext;
import dev.alicorn.gpuworker.tensorrt.cuda.CudaHandle;
import dev.alicorn.gpuworker.tensorrt.cuda.CudaPinned;
import dev.alicorn.gpuworker.tensorrt.cuda.DeviceException;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import dev.alicorn.protocol.Embedding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// A stream with a network of its own, device memory for one batch at a time and pinned memory for
/// two, so that a thread packs one batch while the device is at work on the other.
///
/// All memory is taken, and a CUDA graph captured for each bucket, when it opens.
final class Lane implements AutoCloseable {
  static final int SLOTS = 2;

  private final CudaContext cuda;
  private final Buckets buckets;
  private final InputLayout layout;
  private final Network network;
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final List<CudaHandle> graphs = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();
  private final ReentrantLock order = new ReentrantLock();
  private final CudaHandle stream;
  private final CudaHandle inputs;
  private final CudaHandle vectors;

  /// A place for a batch on its way.
  record Slot(Lane lane, CudaPinned in, CudaPinned out, CudaHandle done) {}

  /// @param network taken over, and closed where this fails
  /// @throws DeviceException where there is not enough memory, or the device fails
  Lane(CudaContext cuda, Network network, Buckets buckets, InputLayout layout)
      throws DeviceException {
    this.cuda = cuda;
    this.network = network;
    this.buckets = buckets;
    this.layout = layout;
    owned.push(network);
    long inBytes = buckets.buckets().stream().mapToLong(layout::inputBytes).max().orElseThrow();
    long outBytes = layout.vectorBytes(buckets.rowsMax());
    try {
      stream = own(cuda.stream());
      inputs = own(cuda.deviceMemory(inBytes));
      vectors = own(cuda.deviceMemory(outBytes));
      for (int i = 0; i < SLOTS; i++) {
        slots.add(
            new Slot(
                this,
                own(cuda.pinnedMemory(inBytes)),
                own(cuda.pinnedMemory(outBytes)),
                own(cuda.event())));
      }
      capture(inBytes);
    } catch (DeviceException e) {
      free();
      throw e;
    }
  }

  List<Slot> slots() {
    return slots;
  }

  /// Runs a batch in a slot that the caller holds: packs it, waits its turn on the stream and waits
  /// for its vectors.
  List<Embedding> run(Slot slot, int index, List<TokenSequence> captions) throws DeviceException {
    cuda.enter();
    Bucket bucket = buckets.get(index);
    layout.pack(captions, bucket, slot.in().segment());
    order.lock();
    try {
      cuda.copyIn(inputs, slot.in().segment(), layout.inputBytes(bucket), stream);
      cuda.launch(graphs.get(index), stream);
      cuda.copyOut(slot.out().segment(), vectors, layout.vectorBytes(captions.size()), stream);
      cuda.record(slot.done(), stream);
    } finally {
      order.unlock();
    }
    cuda.awaitEvent(slot.done());
    return layout.unpack(slot.out().segment(), captions.size());
  }

  /// Enqueues a bucket's graph alone.
  void launch(int index) throws DeviceException {
    cuda.enter();
    cuda.launch(graphs.get(index), stream);
  }

  /// Waits until the stream has nothing left to do.
  void await() throws DeviceException {
    cuda.enter();
    cuda.awaitStream(stream);
  }

  @Override
  public void close() {
    free();
  }

  private void capture(long inBytes) throws DeviceException {
    long scratchBytes = 1;
    for (int i = 0; i < buckets.buckets().size(); i++) {
      scratchBytes = Math.max(scratchBytes, network.shape(i, buckets.get(i), stream));
    }
    CudaHandle scratch = own(cuda.deviceMemory(scratchBytes));
    // Ids of 0 are valid whatever the vocabulary; the vectors are thrown away.
    cuda.copyIn(inputs, slots.getFirst().in().segment(), inBytes, stream);
    for (int i = 0; i < buckets.buckets().size(); i++) {
      int index = i;
      network.bind(index, scratch, scratchBytes, addresses(buckets.get(i)), vectors.address());
      // TensorRT sets itself up in the first run of a shape, which a graph must not hold.
      network.enqueue(index, stream);
      cuda.awaitStream(stream);
      graphs.add(own(cuda.capture(stream, () -> network.enqueue(index, stream))));
    }
  }

  private long[] addresses(Bucket bucket) {
    long[] addresses = new long[layout.inputs().size()];
    for (int input = 0; input < addresses.length; input++) {
      addresses[input] = inputs.address() + layout.offset(input, bucket);
    }
    return addresses;
  }

  private <T extends AutoCloseable> T own(T made) {
    owned.push(made);
    return made;
  }

  /// Frees the last first.
  private void free() {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("freeing what a lane holds", e);
      }
    }
  }
}

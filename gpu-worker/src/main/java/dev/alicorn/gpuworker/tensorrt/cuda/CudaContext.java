package dev.alicorn.gpuworker.tensorrt.cuda;

import dev.alicorn.gpuworker.tensorrt.cuda.CudaFunctions.Function;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicLong;

/// A device's primary context, which TensorRT shares: the maker of its memory, streams and graphs.
///
/// A thread enters it before any other call. What it makes is freed before it is closed.
public final class CudaContext implements AutoCloseable {
  private static final int STREAM_NON_BLOCKING = 1;
  private static final int EVENT_BLOCKING_WITHOUT_TIMING = 3;
  private static final int PINNED_FOR_ALL_CONTEXTS = 1;
  private static final int CAPTURE_OF_THIS_THREAD = 1;

  private final CudaFunctions functions;
  private final CudaHandle context;
  private final AtomicLong allocations = new AtomicLong();

  private CudaContext(CudaFunctions functions, CudaHandle context) {
    this.functions = functions;
    this.context = context;
  }

  /// The context of this machine's device, in which there must be one.
  @SuppressWarnings("restricted")
  public static CudaContext open(int ordinal) throws DeviceException {
    return open(SymbolLookup.libraryLookup("libcuda.so.1", Arena.global()), ordinal);
  }

  static CudaContext open(SymbolLookup driver, int ordinal) throws DeviceException {
    CudaFunctions functions = new CudaFunctions(driver);
    functions.call(Function.INIT, 0);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment device = arena.allocate(ValueLayout.JAVA_INT);
      functions.call(Function.DEVICE_GET, device, ordinal);
      int handle = device.get(ValueLayout.JAVA_INT, 0);
      MemorySegment context = arena.allocate(ValueLayout.JAVA_LONG);
      functions.call(Function.CONTEXT_RETAIN, context, handle);
      return new CudaContext(
          functions,
          new CudaHandle(
              context.get(ValueLayout.JAVA_LONG, 0),
              _ -> functions.call(Function.CONTEXT_RELEASE, handle)));
    }
  }

  /// Makes it the calling thread's.
  public void enter() throws DeviceException {
    functions.call(Function.CONTEXT_ENTER, context.address());
  }

  /// How often memory of the host or of the device was taken so far.
  public long allocations() {
    return allocations.get();
  }

  /// Memory of the device, aligned to at least 256 bytes.
  public CudaHandle deviceMemory(long bytes) throws DeviceException {
    allocations.incrementAndGet();
    return made(Function.MEMORY_ALLOCATE, Function.MEMORY_FREE, bytes);
  }

  /// Zeroed memory of the host.
  @SuppressWarnings("restricted")
  public CudaPinned pinnedMemory(long bytes) throws DeviceException {
    allocations.incrementAndGet();
    CudaHandle handle =
        made(Function.PINNED_ALLOCATE, Function.PINNED_FREE, bytes, PINNED_FOR_ALL_CONTEXTS);
    MemorySegment segment = MemorySegment.ofAddress(handle.address()).reinterpret(bytes);
    segment.fill((byte) 0);
    return new CudaPinned(handle, segment);
  }

  /// A stream that does not wait for the default one.
  public CudaHandle stream() throws DeviceException {
    return made(Function.STREAM_CREATE, Function.STREAM_DESTROY, STREAM_NON_BLOCKING);
  }

  /// An event that a thread sleeps for.
  public CudaHandle event() throws DeviceException {
    return made(Function.EVENT_CREATE, Function.EVENT_DESTROY, EVENT_BLOCKING_WITHOUT_TIMING);
  }

  /// Enqueues a copy of the first bytes of pinned memory to the device.
  public void copyIn(CudaHandle target, MemorySegment source, long bytes, CudaHandle stream)
      throws DeviceException {
    functions.call(Function.COPY_IN, target.address(), source, bytes, stream.address());
  }

  /// Enqueues a copy of the first bytes of device memory to the host.
  public void copyOut(MemorySegment target, CudaHandle source, long bytes, CudaHandle stream)
      throws DeviceException {
    functions.call(Function.COPY_OUT, target, source.address(), bytes, stream.address());
  }

  /// Enqueues the event behind what the stream has.
  public void record(CudaHandle event, CudaHandle stream) throws DeviceException {
    functions.call(Function.EVENT_RECORD, event.address(), stream.address());
  }

  /// Waits for an event that was recorded.
  public void awaitEvent(CudaHandle event) throws DeviceException {
    functions.call(Function.EVENT_WAIT, event.address());
  }

  /// Waits for all that the stream has.
  public void awaitStream(CudaHandle stream) throws DeviceException {
    functions.call(Function.STREAM_WAIT, stream.address());
  }

  /// What is enqueued rather than done while a graph is captured.
  @FunctionalInterface
  public interface Enqueuing {
    void enqueue() throws DeviceException;
  }

  /// A graph of what is enqueued on the stream, ready to be launched again and again.
  public CudaHandle capture(CudaHandle stream, Enqueuing work) throws DeviceException {
    functions.call(Function.CAPTURE_BEGIN, stream.address(), CAPTURE_OF_THIS_THREAD);
    try {
      work.enqueue();
    } catch (DeviceException e) {
      try {
        graph(stream).close();
      } catch (DeviceException ending) {
        e.addSuppressed(ending);
      }
      throw e;
    }
    try (CudaHandle graph = graph(stream)) {
      return made(Function.GRAPH_INSTANTIATE, Function.GRAPH_FREE, graph.address(), 0L);
    }
  }

  /// Enqueues what a graph holds.
  public void launch(CudaHandle graph, CudaHandle stream) throws DeviceException {
    functions.call(Function.GRAPH_LAUNCH, graph.address(), stream.address());
  }

  @Override
  public void close() {
    context.close();
  }

  private CudaHandle graph(CudaHandle stream) throws DeviceException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment graph = arena.allocate(ValueLayout.JAVA_LONG);
      functions.call(Function.CAPTURE_END, stream.address(), graph);
      return new CudaHandle(
          graph.get(ValueLayout.JAVA_LONG, 0),
          address -> functions.call(Function.GRAPH_DESTROY, address));
    }
  }

  /// Calls a function that writes a handle to where its first argument points.
  private CudaHandle made(Function maker, Function freer, Object... arguments)
      throws DeviceException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle = arena.allocate(ValueLayout.JAVA_LONG);
      Object[] all = new Object[arguments.length + 1];
      all[0] = handle;
      System.arraycopy(arguments, 0, all, 1, arguments.length);
      functions.call(maker, all);
      return new CudaHandle(
          handle.get(ValueLayout.JAVA_LONG, 0), address -> functions.call(freer, address));
    }
  }
}

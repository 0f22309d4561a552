package dev.alicorn.gpuworker.tensorrt.cuda;

import dev.alicorn.gpuworker.tensorrt.cuda.CudaFunctions.Function;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A CUDA driver whose device is this process's own memory, of which it has a limit: native
/// functions with the signatures of NVIDIA's. Work is done when it is enqueued, or kept while its
/// stream is captured and done when the graph is launched.
public final class MemoryCuda implements AutoCloseable {
  private static final int INVALID_VALUE = 1;
  private static final int OUT_OF_MEMORY = 2;
  private static final int INVALID_CONTEXT = 201;
  private static final int INVALID_HANDLE = 400;
  private static final long CONTEXT = 77;
  private static final int ALIGNMENT_BYTES = 256;

  private final Arena arena = Arena.ofShared();
  private final Map<Function, MemorySegment> functions = new EnumMap<>(Function.class);
  private final Map<Function, Integer> failures = new EnumMap<>(Function.class);
  private final Map<Function, Integer> calls = new EnumMap<>(Function.class);
  private final ThreadLocal<Boolean> entered = ThreadLocal.withInitial(() -> false);
  private final long deviceBytesMax;

  private final Map<Long, Arena> memory = new HashMap<>();
  private final Map<Long, Long> deviceBytes = new HashMap<>();
  private final Map<Long, List<Runnable>> captures = new HashMap<>();
  private final Map<Long, List<Runnable>> graphs = new HashMap<>();
  private long handles = 1000;
  private int outstanding;

  public MemoryCuda(long deviceBytesMax) {
    this.deviceBytesMax = deviceBytesMax;
    for (Function function : Function.values()) {
      functions.put(function, stub(function));
    }
  }

  public CudaContext open() throws DeviceException {
    SymbolLookup symbols =
        name -> {
          for (Function function : Function.values()) {
            if (function.symbol().equals(name)) {
              return Optional.ofNullable(functions.get(function));
            }
          }
          return Optional.empty();
        };
    return CudaContext.open(symbols, 0);
  }

  /// Has the next call of a function, by the driver's name for it, fail.
  public synchronized void failNext(String symbol, int code) {
    for (Function function : Function.values()) {
      if (function.symbol().equals(symbol)) {
        failures.put(function, code);
        return;
      }
    }
    throw new IllegalArgumentException(symbol);
  }

  /// What is made and not freed.
  public synchronized int outstanding() {
    return outstanding;
  }

  public synchronized int calls(String symbol) {
    return calls.entrySet().stream()
        .filter(entry -> entry.getKey().symbol().equals(symbol))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /// What a kernel does: at once, or at each launch of the graph that is being captured.
  public synchronized void enqueue(long stream, Runnable work) {
    List<Runnable> capture = captures.get(stream);
    if (capture == null) {
      work.run();
    } else {
      capture.add(work);
    }
  }

  @SuppressWarnings("restricted")
  public static MemorySegment at(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  @Override
  public void close() {
    arena.close();
  }

  synchronized Object call(Function function, Object[] arguments) {
    calls.merge(function, 1, Integer::sum);
    Integer failure = failures.remove(function);
    if (failure != null) {
      return failure;
    }
    boolean needsContext =
        switch (function) {
          case INIT, DEVICE_GET, CONTEXT_RETAIN, CONTEXT_RELEASE, CONTEXT_ENTER -> false;
          default -> true;
        };
    return needsContext && !entered.get() ? INVALID_CONTEXT : done(function, arguments);
  }

  private int done(Function function, Object[] a) {
    return switch (function) {
      case INIT, EVENT_RECORD, EVENT_WAIT, STREAM_WAIT -> 0;
      case DEVICE_GET -> {
        pointed(a[0], 4).set(ValueLayout.JAVA_INT, 0, (int) a[1]);
        yield 0;
      }
      case CONTEXT_RETAIN -> give(a[0], CONTEXT);
      case CONTEXT_RELEASE, GRAPH_DESTROY, STREAM_DESTROY, EVENT_DESTROY -> freed();
      case CONTEXT_ENTER -> {
        entered.set((long) a[0] == CONTEXT);
        yield (long) a[0] == CONTEXT ? 0 : INVALID_CONTEXT;
      }
      case MEMORY_ALLOCATE -> allocate(a[0], (long) a[1], true);
      case PINNED_ALLOCATE -> allocate(a[0], (long) a[1], false);
      case MEMORY_FREE, PINNED_FREE -> release((long) a[0]);
      case COPY_IN -> {
        at((long) a[0], (long) a[2]).copyFrom(pointed(a[1], (long) a[2]));
        yield 0;
      }
      case COPY_OUT -> {
        pointed(a[0], (long) a[2]).copyFrom(at((long) a[1], (long) a[2]));
        yield 0;
      }
      case STREAM_CREATE, EVENT_CREATE -> give(a[0], handles++);
      case CAPTURE_BEGIN ->
          captures.putIfAbsent((long) a[0], new ArrayList<>()) == null ? 0 : INVALID_VALUE;
      case CAPTURE_END -> {
        List<Runnable> captured = captures.remove((long) a[0]);
        if (captured == null) {
          yield INVALID_VALUE;
        }
        graphs.put(handles, captured);
        yield give(a[1], handles++);
      }
      case GRAPH_INSTANTIATE -> {
        List<Runnable> captured = graphs.get((long) a[1]);
        if (captured == null) {
          yield INVALID_HANDLE;
        }
        graphs.put(handles, captured);
        yield give(a[0], handles++);
      }
      case GRAPH_LAUNCH -> {
        List<Runnable> captured = graphs.get((long) a[0]);
        if (captured == null) {
          yield INVALID_HANDLE;
        }
        captured.forEach(Runnable::run);
        yield 0;
      }
      case GRAPH_FREE -> graphs.remove((long) a[0]) == null ? INVALID_HANDLE : freed();
    };
  }

  private static MemorySegment pointed(Object pointer, long bytes) {
    return at(((MemorySegment) pointer).address(), bytes);
  }

  private int give(Object target, long handle) {
    pointed(target, 8).set(ValueLayout.JAVA_LONG, 0, handle);
    outstanding++;
    return 0;
  }

  private int freed() {
    outstanding--;
    return 0;
  }

  // The memory is freed by the driver's own call.
  @SuppressWarnings("MustBeClosedChecker")
  private int allocate(Object target, long bytes, boolean onDevice) {
    long used = deviceBytes.values().stream().mapToLong(Long::longValue).sum();
    if (bytes < 1) {
      return INVALID_VALUE;
    }
    if (onDevice && used + bytes > deviceBytesMax) {
      return OUT_OF_MEMORY;
    }
    Arena owner = Arena.ofShared();
    long address = owner.allocate(bytes, ALIGNMENT_BYTES).address();
    memory.put(address, owner);
    if (onDevice) {
      deviceBytes.put(address, bytes);
    }
    return give(target, address);
  }

  private int release(long address) {
    Arena owner = memory.remove(address);
    if (owner == null) {
      return INVALID_VALUE;
    }
    deviceBytes.remove(address);
    owner.close();
    return freed();
  }

  @SuppressWarnings("restricted")
  private MemorySegment stub(Function function) {
    try {
      MethodType type = function.descriptor().toMethodType();
      MethodHandle handle =
          MethodHandles.lookup()
              .bind(
                  this, "call", MethodType.methodType(Object.class, Function.class, Object[].class))
              .bindTo(function)
              .asCollector(Object[].class, type.parameterCount())
              .asType(type);
      return Linker.nativeLinker().upcallStub(handle, function.descriptor(), arena);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}

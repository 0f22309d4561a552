package dev.alicorn.engine.failpoint;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A place in the engine's code: a method's entry or its returns, or what lies before or behind a
/// call in it.
///
/// @param className binary name
/// @param method all methods of this name
record Place(String className, String method, Optional<Callee> callee, Side side) {
  private static final String ENGINE = "dev.alicorn.engine.";

  enum Side {
    BEFORE,
    AFTER
  }

  /// What is called.
  record Callee(String className, String method) {
    private boolean isCalledBy(InvokeInstruction call) {
      return call.owner().asInternalName().equals(className.replace('.', '/'))
          && call.name().equalsString(method);
    }
  }

  /// Before a method of the engine.
  static Place in(String className, String method) {
    return new Place(ENGINE + className, method, Optional.empty(), Side.BEFORE);
  }

  Place call(String calledClass, String calledMethod) {
    return new Place(className, method, Optional.of(new Callee(calledClass, calledMethod)), side);
  }

  Place at(Side other) {
    return new Place(className, method, callee, other);
  }

  /// A class file with something put in at this place, wherever it occurs.
  ///
  /// @param inserted leaves the stack as it is
  /// @throws IllegalStateException where the place is not there
  byte[] insert(byte[] classFile, Consumer<CodeBuilder> inserted) {
    ClassFile format =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader())));
    ClassModel model = format.parse(classFile);
    AtomicInteger places = new AtomicInteger();
    byte[] changed =
        format.transformClass(
            model,
            ClassTransform.transformingMethodBodies(
                candidate -> candidate.methodName().equalsString(method),
                new Insertion(
                    this,
                    builder -> {
                      places.incrementAndGet();
                      inserted.accept(builder);
                    })));
    if (places.get() == 0) {
      throw new IllegalStateException("there is no " + this + "; has the code been renamed?");
    }
    return changed;
  }

  private record Insertion(Place place, Consumer<CodeBuilder> inserted) implements CodeTransform {
    @Override
    public void atStart(CodeBuilder builder) {
      if (place.callee.isEmpty() && place.side == Side.BEFORE) {
        inserted.accept(builder);
      }
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
      boolean here =
          place
              .callee
              .map(called -> element instanceof InvokeInstruction call && called.isCalledBy(call))
              .orElse(place.side == Side.AFTER && element instanceof ReturnInstruction);
      boolean before = place.callee.isEmpty() || place.side == Side.BEFORE;
      if (here && before) {
        inserted.accept(builder);
      }
      builder.with(element);
      if (here && !before) {
        inserted.accept(builder);
      }
    }
  }
}

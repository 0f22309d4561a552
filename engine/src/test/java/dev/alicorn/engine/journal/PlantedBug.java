package dev.alicorn.engine.journal;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// A bug that is planted in one method of the journal, by other bytecode for one of its calls.
enum PlantedBug {
  ACKNOWLEDGES_BEFORE_THE_BARRIER("JournalWriter", "commit") {
    @Override
    boolean plant(CodeBuilder code, InvokeInstruction call) {
      if (isCall(call, "JournalWriter", "force")) {
        code.pop().pop().pop();
        return true;
      }
      if (isCall(call, "Acknowledger", "acknowledge")) {
        code.with(call).aload(0).aload(1).aload(2);
        code.invokevirtual(
            own("JournalWriter"),
            "force",
            MethodTypeDesc.of(ConstantDescs.CD_void, own("QueueAppender"), own("Barrier")));
        return true;
      }
      return false;
    }

    @Override
    int places() {
      return 2;
    }
  },

  MARKS_BEFORE_THE_BARRIER("JournalWriter", "commit") {
    @Override
    boolean plant(CodeBuilder code, InvokeInstruction call) {
      if (!isCall(call, "JournalWriter", "force")) {
        return false;
      }
      ClassDesc writer = own("JournalWriter");
      ClassDesc marker = own("DurableMarker");
      ClassDesc queue = own("QueueAppender");
      code.new_(marker).dup();
      code.aload(0).getfield(writer, "incarnation", ConstantDescs.CD_int);
      code.aload(1).invokevirtual(queue, "seq", MethodTypeDesc.of(ConstantDescs.CD_long));
      code.aload(1).invokevirtual(queue, "crc", MethodTypeDesc.of(ConstantDescs.CD_int));
      code.invokespecial(
          marker,
          ConstantDescs.INIT_NAME,
          MethodTypeDesc.of(
              ConstantDescs.CD_void,
              ConstantDescs.CD_int,
              ConstantDescs.CD_long,
              ConstantDescs.CD_int));
      code.aload(0).getfield(writer, "journal", own("JournalFolder"));
      code.aload(2);
      code.invokevirtual(
          marker,
          "write",
          MethodTypeDesc.of(ConstantDescs.CD_void, own("JournalFolder"), own("Barrier")));
      code.with(call);
      return true;
    }
  },

  CHECKS_NO_CRC("Envelope", "read") {
    @Override
    boolean plant(CodeBuilder code, InvokeInstruction call) {
      if (!isCall(call, "Envelope", "crc") || call.typeSymbol().parameterCount() != 4) {
        return false;
      }
      // The checksum of bytes, offset, length and CRC32C becomes the one that stands there.
      code.pop().pop().loadConstant(36).iadd();
      code.invokestatic(
          own("Envelope"),
          "getInt",
          MethodTypeDesc.of(
              ConstantDescs.CD_int, ConstantDescs.CD_byte.arrayType(), ConstantDescs.CD_int));
      return true;
    }
  },

  FORCES_NO_NAME_OF_A_FILE("JournalWriter", "force") {
    @Override
    boolean plant(CodeBuilder code, InvokeInstruction call) {
      return left(code, call, "Barrier", "forceNames");
    }
  },

  FORCES_NO_NAME_OF_A_FOLDER("Journal", "makeFolder") {
    @Override
    boolean plant(CodeBuilder code, InvokeInstruction call) {
      return left(code, call, "Barrier", "forceNames");
    }
  },

  FORCES_NOT_WHERE_THE_JOURNAL_LIES("Journal", "makeFolder") {
    @Override
    boolean plant(CodeBuilder code, InvokeInstruction call) {
      return left(code, call, "Journal", "forceWhereItLies");
    }
  },

  FORCES_NO_FILE_BEHIND_A_ROLL("JournalWriter", "writeBatch") {
    @Override
    boolean plant(CodeBuilder code, InvokeInstruction call) {
      if (!call.name().equalsString("add")
          || !call.owner().asSymbol().equals(ClassDesc.of("java.util.Set"))) {
        return false;
      }
      code.pop().pop().iconst_0();
      return true;
    }
  },

  FORCES_NOT_WHAT_IT_RECOVERED("JournalEnd", "find") {
    @Override
    boolean plant(CodeBuilder code, InvokeInstruction call) {
      return left(code, call, "Barrier", "forceFile");
    }
  },

  RENAMES_A_MARKER_THAT_IS_NOT_FORCED("DurableMarker", "write") {
    @Override
    boolean plant(CodeBuilder code, InvokeInstruction call) {
      return left(code, call, "Barrier", "forceFile");
    }
  },

  LOOKS_NOT_BEHIND_THE_END("DurableEvidence", "drain") {
    @Override
    boolean plant(CodeBuilder code, InvokeInstruction call) {
      if (!isCall(call, "TailScan", "durableSeq")) {
        return false;
      }
      code.pop().lconst_0();
      return true;
    }
  };

  private static final String PACKAGE = "dev.alicorn.engine.journal.";

  private final String owner;
  private final String method;

  PlantedBug(String owner, String method) {
    this.owner = owner;
    this.method = method;
  }

  /// Writes other code for a call, or none; false where the call is to stay.
  abstract boolean plant(CodeBuilder code, InvokeInstruction call);

  /// How many calls are replaced.
  int places() {
    return 1;
  }

  /// The class that it is planted in.
  String owner() {
    return owner;
  }

  /// The class with the bug; an exception where the calls that it replaces are not there.
  byte[] planted(byte[] classBytes) {
    int[] planted = {0};
    ClassFile classFile = ClassFile.of();
    byte[] changed =
        classFile.transformClass(
            classFile.parse(classBytes),
            (builder, element) -> {
              if (element instanceof MethodModel found && found.methodName().equalsString(method)) {
                builder.transformMethod(
                    found,
                    (methodBuilder, part) -> {
                      if (part instanceof CodeModel code) {
                        methodBuilder.transformCode(code, replacing(planted));
                      } else {
                        methodBuilder.with(part);
                      }
                    });
              } else {
                builder.with(element);
              }
            });
    if (planted[0] != places()) {
      throw new IllegalStateException(
          this + " found " + planted[0] + " of its calls in " + owner + "." + method);
    }
    return changed;
  }

  private CodeTransform replacing(int[] planted) {
    return (code, element) -> {
      if (element instanceof InvokeInstruction call && plant(code, call)) {
        planted[0]++;
      } else {
        code.with(element);
      }
    };
  }

  /// Leaves a call out that takes two operands and gives nothing.
  private static boolean left(
      CodeBuilder code, InvokeInstruction call, String owner, String method) {
    if (!isCall(call, owner, method)) {
      return false;
    }
    code.pop().pop();
    return true;
  }

  private static boolean isCall(InvokeInstruction call, String owner, String method) {
    return call.owner().asSymbol().equals(own(owner)) && call.name().equalsString(method);
  }

  private static ClassDesc own(String name) {
    return ClassDesc.of(PACKAGE + name);
  }
}

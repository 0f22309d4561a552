package dev.alicorn.engine.state;

import dev.alicorn.engine.journal.Bookmark;
import dev.alicorn.engine.journal.Position;
import dev.alicorn.engine.judge.Account;
import dev.alicorn.engine.judge.Billed;
import dev.alicorn.engine.ledger.Ledger;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JournalCodec;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import dev.alicorn.protocol.MalformedEventException;
import dev.alicorn.protocol.Money;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.Usage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The bytes of a [Snapshot]: its parts one after the other, facts as the journal encodes them.
///
/// The same state gives the same bytes.
final class SnapshotCodec {
  private SnapshotCodec() {}

  static void write(Snapshot snapshot, DataOutput out) throws IOException {
    out.writeUTF(snapshot.basis().hex());
    Bookmark end = snapshot.end();
    out.writeInt(end.position().incarnation());
    out.writeLong(end.position().index());
    out.writeLong(end.seq());
    out.writeInt(end.crc());
    Snapshot.Content content = snapshot.content();
    write(content.life(), out);
    out.writeInt(content.endpoints().size());
    for (EndpointBound endpoint : content.endpoints().values()) {
      write(endpoint, out);
    }
    write(content.seeds(), out);
    content.seedIds().write(out);
    content.tally().write(out);
    content.table().write(out);
    write(content.ledger(), out);
    out.writeInt(content.unsettled().size());
    for (Ledger.Call call : sorted(content.unsettled().keySet())) {
      List<CallEvent> facts = content.unsettled().getOrDefault(call, List.of());
      write(call, out);
      out.writeInt(facts.size());
      for (CallEvent fact : facts) {
        write(fact, out);
      }
    }
  }

  /// @throws IOException also where the bytes are none that [#write] writes
  static Snapshot read(DataInput in) throws IOException {
    ContentHash basis = new ContentHash(in.readUTF());
    Bookmark end =
        new Bookmark(new Position(in.readInt(), in.readLong()), in.readLong(), in.readInt());
    JobLife life = readLife(in);
    Map<String, EndpointBound> endpoints = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      EndpointBound endpoint = readFact(in, EndpointBound.class);
      endpoints.put(endpoint.endpoint(), endpoint);
    }
    SeedProgress seeds = readSeeds(in);
    SeedIds seedIds = SeedIds.read(in);
    Tally tally = Tally.read(in);
    RecordTable table = RecordTable.read(in);
    Ledger.State ledger = readLedger(in);
    Map<Ledger.Call, List<CallEvent>> unsettled = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      Ledger.Call call = readCall(in);
      List<CallEvent> facts = new ArrayList<>();
      for (int factsLeft = in.readInt(); factsLeft > 0; factsLeft--) {
        facts.add(readFact(in, CallEvent.class));
      }
      unsettled.put(call, facts);
    }
    return new Snapshot(
        basis,
        end,
        new Snapshot.Content(life, endpoints, seeds, seedIds, tally, table, ledger, unsettled));
  }

  private static void write(JobLife life, DataOutput out) throws IOException {
    out.writeUTF(life.phase().name());
    write(life.pause().map(PauseReason::name), out);
    write(life.detail(), out);
    write(life.dataset(), out);
  }

  private static JobLife readLife(DataInput in) throws IOException {
    return new JobLife(
        JobLife.Phase.valueOf(in.readUTF()),
        readText(in).map(PauseReason::valueOf),
        readText(in),
        readText(in));
  }

  private static void write(Optional<String> text, DataOutput out) throws IOException {
    out.writeBoolean(text.isPresent());
    if (text.isPresent()) {
      byte[] bytes = text.get().getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private static Optional<String> readText(DataInput in) throws IOException {
    if (!in.readBoolean()) {
      return Optional.empty();
    }
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  private static void write(SeedProgress seeds, DataOutput out) throws IOException {
    out.writeLong(seeds.accepted());
    out.writeLong(seeds.refused());
    out.writeBoolean(seeds.sealed());
    JournalEvent last = seeds.last();
    out.writeBoolean(last != null);
    if (last != null) {
      write(last, out);
    }
  }

  private static SeedProgress readSeeds(DataInput in) throws IOException {
    long accepted = in.readLong();
    long refused = in.readLong();
    boolean sealed = in.readBoolean();
    return new SeedProgress(
        accepted, refused, sealed, in.readBoolean() ? readFact(in, JournalEvent.class) : null);
  }

  private static void write(Ledger.State ledger, DataOutput out) throws IOException {
    out.writeInt(ledger.accounts().size());
    for (Map.Entry<Stage, Account> stage : ledger.accounts().entrySet()) {
      Account account = stage.getValue();
      out.writeUTF(stage.getKey().key());
      out.writeLong(account.calls());
      out.writeLong(account.vain());
      out.writeLong(account.reasked());
      out.writeLong(account.unknown());
      write(account.billed(), out);
      write(account.reused(), out);
    }
    out.writeInt(ledger.unanswered().size());
    for (Ledger.Call call : sorted(ledger.unanswered())) {
      write(call, out);
    }
  }

  private static Ledger.State readLedger(DataInput in) throws IOException {
    Map<Stage, Account> accounts = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      Stage stage = new Stage(in.readUTF());
      accounts.put(
          stage,
          new Account(
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              readBilled(in),
              readBilled(in)));
    }
    Set<Ledger.Call> unanswered = new HashSet<>();
    for (int left = in.readInt(); left > 0; left--) {
      unanswered.add(readCall(in));
    }
    return new Ledger.State(accounts, unanswered);
  }

  private static void write(Billed billed, DataOutput out) throws IOException {
    out.writeLong(billed.replies());
    out.writeLong(billed.usage().inputTokens());
    out.writeLong(billed.usage().cachedInputTokens());
    out.writeLong(billed.usage().outputTokens());
    Map<String, BigDecimal> amounts = billed.price().amounts();
    out.writeInt(amounts.size());
    for (Map.Entry<String, BigDecimal> amount : amounts.entrySet()) {
      out.writeUTF(amount.getKey());
      out.writeUTF(amount.getValue().toString());
    }
  }

  private static Billed readBilled(DataInput in) throws IOException {
    long replies = in.readLong();
    Usage usage = new Usage(in.readLong(), in.readLong(), in.readLong());
    Map<String, BigDecimal> amounts = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      amounts.put(in.readUTF(), new BigDecimal(in.readUTF()));
    }
    return new Billed(replies, usage, new Money(amounts));
  }

  private static List<Ledger.Call> sorted(Set<Ledger.Call> calls) {
    return calls.stream()
        .sorted(Comparator.comparing(Ledger.Call::record).thenComparing(call -> call.stage().key()))
        .toList();
  }

  private static void write(Ledger.Call call, DataOutput out) throws IOException {
    out.writeLong(call.record().ordinal());
    out.writeUTF(call.stage().key());
  }

  private static Ledger.Call readCall(DataInput in) throws IOException {
    return new Ledger.Call(new RecordId(in.readLong()), new Stage(in.readUTF()));
  }

  private static void write(JournalEvent fact, DataOutput out) throws IOException {
    byte[] payload = JournalCodec.encode(fact);
    out.writeByte(EventType.of(fact).code());
    out.writeInt(payload.length);
    out.write(payload);
  }

  private static <E extends JournalEvent> E readFact(DataInput in, Class<E> kind)
      throws IOException {
    EventType type = EventType.ofCode(in.readByte());
    byte[] payload = new byte[in.readInt()];
    in.readFully(payload);
    if (type == null) {
      throw new IOException("a fact of the snapshot is of no known type");
    }
    try {
      return kind.cast(JournalCodec.decode(type, ByteBuffer.wrap(payload)));
    } catch (MalformedEventException e) {
      throw new IOException("a fact of the snapshot cannot be read", e);
    }
  }
}

package dev.alicorn.engine.ledger;

import dev.alicorn.engine.judge.Account;
import dev.alicorn.protocol.Money;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.Usage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// How a job's ledger stands at one instant.
///
/// @param accounts of the stages that have called, or copied a reply
public record Statement(Map<Stage, Account> accounts) {
  public Statement {
    accounts = Collections.unmodifiableMap(new LinkedHashMap<>(accounts));
  }

  public Account of(Stage stage) {
    return accounts.getOrDefault(stage, Account.EMPTY);
  }

  public Account total() {
    return accounts.values().stream().reduce(Account.EMPTY, Account::plus);
  }

  public long calls() {
    return total().calls();
  }

  public Usage usage() {
    return total().billed().usage();
  }

  public Money price() {
    return total().billed().price();
  }

  /// What the calls of unknown cost may come to: each the mean of its stage's calls whose usage is
  /// known; nothing where a stage has none.
  public Money possiblePrice() {
    return accounts.values().stream().map(Account::possiblePrice).reduce(Money.NONE, Money::plus);
  }
}

package org.asbeam.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class LentStoresTest {
  @Test
  void aLocationOpensTheLentStoreOfThatName() throws Exception {
    Map<String, Store> stores = new ConcurrentHashMap<>();
    try (StoreLoan loan =
        Stores.lend(name -> stores.computeIfAbsent(name, absent -> new MemoryStore()))) {
      Stores.open(loan.location("a:b/c")).put("file", new byte[] {1});
      assertThat(stores).containsOnlyKeys("a:b/c");
      assertThat(Stores.open(loan.location("a:b/c")).get("file")).containsExactly(1);
      assertThat(Stores.open(loan.location("other")).list("")).isEmpty();
    }
  }

  @Test
  void twoLoansAreTwoPlaces() throws Exception {
    MemoryStore one = new MemoryStore();
    MemoryStore two = new MemoryStore();
    try (StoreLoan first = Stores.lend(name -> one);
        StoreLoan second = Stores.lend(name -> two)) {
      assertThat(first.location("x")).isNotEqualTo(second.location("x"));
      assertThat(Stores.open(first.location("x"))).isSameAs(one);
      assertThat(Stores.open(second.location("x"))).isSameAs(two);
    }
  }

  @Test
  void aProcessWithoutTheLoanSaysSoInOneLine() {
    StoreLoan loan = Stores.lend(name -> new MemoryStore());
    String location = loan.location("monday");
    loan.close();
    for (String unknown : new String[] {location, "lent:nobody:monday", "lent:"}) {
      assertThatThrownBy(() -> Stores.open(unknown))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("works only in its own process")
          .message()
          .doesNotContain("\n");
    }
  }
}

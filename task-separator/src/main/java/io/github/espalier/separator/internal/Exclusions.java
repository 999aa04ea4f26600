package io.github.espalier.separator.internal;

import io.github.espalier.separator.Separation;
import java.util.Collection;
import java.util.Map;

/** Which tasks exclude each other, told by what they hold instead of pair by pair: that spares a batch its many pairs. */
public interface Exclusions {
    /** Whether it conflicts with every other task. */
    boolean isAlone(String id);

    /** What it holds, by a key, as it is written: any two tasks that hold one key conflict. */
    Map<String, String> claims(String id);

    /** The tasks that it conflicts with though neither is alone and they hold nothing in common. Others may be among them. */
    Collection<String> others(String id);

    /** The exclusions of any separation. */
    static Exclusions of(Separation separation) {
        return separation instanceof Exclusions told ? told : new Pairwise(separation);
    }

    /** A separation that tells conflicts only. */
    record Pairwise(Separation separation) implements Exclusions {
        @Override
        public boolean isAlone(String id) {
            return false;
        }

        @Override
        public Map<String, String> claims(String id) {
            return Map.of();
        }

        @Override
        public Collection<String> others(String id) {
            return separation.conflictsOf(id).stream()
                    .map(conflict -> conflict.first().equals(id) ? conflict.second() : conflict.first())
                    .toList();
        }
    }
}

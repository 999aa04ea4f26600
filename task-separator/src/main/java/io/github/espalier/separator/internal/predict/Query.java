package io.github.espalier.separator.internal.predict;

import io.github.espalier.separator.Task;
import java.util.HashMap;
import java.util.Map;

/**
 * What a task says of itself.
 *
 * @param text title and specification
 * @param terms its terms: those of the title count in full, those of the specification the more the oftener they come
 */
record Query(String text, Map<String, Float> terms) {
    private static final float SPEC = 0.5f;

    static Query of(Task task) {
        Map<String, Float> terms = new HashMap<>();
        String title = task.title().isBlank() ? task.spec().lines().findFirst().orElse("") : task.title();
        Terms.scan(title, term -> terms.put(term, 1f));
        Terms.count(task.spec())
                .forEach((term, count) -> terms.merge(term, SPEC * (float) (1 + Math.log(count)), Math::max));
        return new Query(task.title() + "\n" + task.spec(), terms);
    }
}

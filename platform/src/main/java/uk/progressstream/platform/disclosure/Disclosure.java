package uk.progressstream.platform.disclosure;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import uk.progressstream.platform.access.Caller;

/**
 * What somebody asks to see.
 *
 * @param caller who
 * @param resource what kind of thing, such as {@code grades}; also how the log's kinds begin
 * @param columns which columns they get
 * @param aboutPersons whether a row's id is a person's pseudonym
 * @param filter the filter as the log may name it, given whether any row matched: text from outside
 *     may be anybody's name, and is named only where there are rows of it
 */
public record Disclosure(
    Caller caller,
    String resource,
    List<String> columns,
    boolean aboutPersons,
    Function<Boolean, Map<String, String>> filter) {}

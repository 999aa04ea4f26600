package io.github.espalier.separator.internal.predict;

/** What a file can have that speaks for it; each is 0 where there is nothing, and most are at most 1. */
enum Feature implements ModelFeature {
    /** The text names it: 1, or less if it may mean several files. */
    NAMED,
    /** The share of the terms of its name that the text has. */
    NAME_COVERED,
    /** The share of the text's terms that its path has. */
    PATH_WORDS,
    /** How well its content matches the text (BM25). */
    CONTENT,
    /** The similarity of the change nearest to the text that touched it. */
    NEAREST,
    /** The share of the similar changes that touched it. */
    SHARE,
    /** The same, by which small changes count more. */
    SHARE_OF_SMALL,
    /** The same, by which late ones count more too. */
    SHARE_OF_RECENT,
    /** The text names a folder that it is in. */
    FOLDER,
    /** It is in such a folder and has the name of a file that similar changes touched elsewhere. */
    ANALOGUE,
    /** The share of the similar changes that touched a file beside it. */
    NEIGHBOUR,
    /** It changed together with a file that is likely. */
    TOGETHER,
    /** It is the companion of a file that is likely. */
    COMPANION,
    /** How often it was changed of late. */
    HEAT,
    /** How long ago it was changed. */
    RECENCY,
    /** How often it was changed at all. */
    CHANGES,
    /** It is a test. */
    TEST,
    /** It is a document. */
    DOCS,
    /** {@link #CONTENT} against the best file's. */
    CONTENT_TO_BEST,
    /** {@link #SHARE} against the best file's. */
    SHARE_TO_BEST,
    /** {@link #PATH_WORDS} against the best file's. */
    WORDS_TO_BEST,
    /** Content and similar changes speak for it both. */
    CONTENT_AND_SHARE,
    /** It is in a folder that the text names, and its content matches. */
    FOLDER_AND_CONTENT,
    /** It is in a folder that the text names, and its path matches. */
    FOLDER_AND_WORDS,
    /** The text names a folder, and it is in another. */
    OUTSIDE_FOLDER;

    static final int COUNT = values().length;
}

//! What the phrases of a lexicon do in a sentence.

/// What a phrase does in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// Says that parts communicate; index into [`Lexicon::predicates`].
    Predicate(u16),
    /// Marks a name as something other than the subject.
    Preposition,
    /// Marks a name as the way something takes.
    Via,
    /// *Only*, before or around what it speaks of.
    Exclusive,
    /// *Only*, after what it speaks of.
    ExclusiveAfter,
    /// *The only … that*.
    Sole,
    /// *Other than*.
    Except,
    /// *Such as*: names that follow are examples of what stands before.
    Example,
    /// Likewise behind the names, with what they are examples of: *A などの*.
    ExampleAfter,
    /// *No component*.
    Nobody,
    /// *No other component* than the one that was spoken of.
    NobodyElse,
    /// *All components*.
    Everyone,
    /// *Not*.
    Negation,
    /// *Without*: denies the verbs behind it.
    Without,
    /// *Nor*: the second part of a negation of two.
    Nor,
    /// *But*, behind what is denied: what follows takes its place.
    Contrast,
    /// *Always*, *must*.
    Always,
    /// *Each other*.
    Mutual,
    /// *A*, *the*, where it is no pronoun too: what follows is a noun, even if a verb looks the same.
    Article,
    /// Takes back what its clause says, without forbidding it: *no longer*.
    Veto,
    /// *Instead of*: takes back what follows, up to the next name.
    Instead,
    /// Makes others communicate: *enables*.
    Enabling,
    /// Joins names or clauses.
    And,
    /// Starts a clause.
    Break,
    /// Makes a condition or a description of its clause: what that denies is not forbidden.
    Condition,
    /// Starts a clause about what stands before it.
    Relative,
    /// Stands for what was spoken of.
    Pronoun,
    /// Somebody who uses what is spoken of, and no part: *you*, *users*.
    Person,
    /// Stands for several that were spoken of: *they both*.
    Plural,
    /// Stands for what was acted upon last: *the latter*.
    Latter,
    /// A marker and what was spoken of in one word: *thereof*.
    There,
    /// A side that a part shows: *the API of A*, *a topic in B*.
    Face,
    /// What a part holds or tells: *the events of A*.
    Content,
    /// Says what kind of part a name names: *order service*.
    Kind,
    /// Says nothing of its own: articles, adverbs, modal verbs.
    Light,
    /// *Consists of*.
    Consists,
    /// *Components*.
    Group,
    /// Says nothing as a name: *main*, *overview*.
    Generic,
    /// Never a name: *note*, *example*.
    Label,
    /// Ends with a full stop that ends no sentence.
    Abbreviation,
}

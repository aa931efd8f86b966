namespace OnnxPrune.Importance;

/// <summary>How the importance of a channel follows from its weights.</summary>
public enum Criterion
{
    /// <summary>Sum of magnitudes over all coupled slices (Li et al. 2017, extended to groups as in SPA).</summary>
    L1,

    /// <summary>Euclidean norm over all coupled slices.</summary>
    L2,

    /// <summary>A seeded random number: the baseline that every other criterion must beat.</summary>
    Random,
}

/// <summary>How the scores of different groups are made comparable.</summary>
public enum Normalization
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Divided by the group's mean (SPA).</summary>
    Mean,

    /// <summary>Divided by the group's largest score.</summary>
    Max,

    /// <summary>Divided by the sum of the group's scores.</summary>
    Sum,
}

namespace OnnxPrune.Operators;

/// <summary>What the sizes of the outputs of a <see cref="Pinned"/> operator are.</summary>
internal enum PinnedSizes
{
    /// <summary>The sizes of tensors.</summary>
    OfTensors,

    /// <summary>Numbers of elements that are selected by their values.</summary>
    CountData,

    /// <summary>The sizes of what a file holds.</summary>
    OfFile,

    /// <summary>The sizes that all elements of a sequence of tensors share.</summary>
    OfSequence,

    /// <summary>The sizes of tensors that come from a sequence.</summary>
    OfElements,
}

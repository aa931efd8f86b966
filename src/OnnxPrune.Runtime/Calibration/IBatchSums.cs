using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>Sums that the runtime computes batch by batch and that are added up here.</summary>
internal interface IBatchSums
{
    /// <summary>Adds the sums of one batch: the outputs of the graph by name.</summary>
    void Add(IReadOnlyDictionary<string, HostTensor> results);
}

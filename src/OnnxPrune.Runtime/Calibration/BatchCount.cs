using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>How many batches hold so many samples: a batch may be of one sample or of hundreds.</summary>
internal static class BatchCount
{
    /// <summary>The number of first batches that hold at least so many samples; all where there are fewer, and at least one.</summary>
    public static int Holding(IEnumerable<IReadOnlyDictionary<string, HostTensor>> batches, long samples)
    {
        int count = 0;
        long held = 0;
        foreach (var batch in batches)
        {
            count++;
            if ((held += Samples(batch)) >= samples) break;
        }
        return Math.Max(1, count);
    }

    /// <summary>The samples of a batch: the first axis of its first input; a network without inputs has one.</summary>
    public static long Samples(IReadOnlyDictionary<string, HostTensor> batch) => batch.Count == 0 ? 1 : batch.Values.First().Dims.FirstOrDefault(1);
}

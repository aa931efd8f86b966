using OnnxPrune.Runtime.Calibration;

namespace OnnxPrune.Runtime.Sensitivity;

/// <summary>How sensitivity is measured.</summary>
/// <param name="Ridge">λ of the Hessians as a share of the mean variance of a feature.</param>
/// <param name="Positions">Positions of the activations that a layer's moments are taken over, at most.</param>
/// <param name="Samples">Samples of the calibration data that the network is run on with channels left out, at least.</param>
/// <param name="Seed">The seed of the choice of positions.</param>
internal sealed record SensitivityOptions(double Ridge = 1e-2, int Positions = 32768, int Samples = CalibrationSet.UsualMeasured, int Seed = 0)
{
    /// <summary>The shares of each group whose removal is measured by execution; between them distortion is interpolated.</summary>
    public IReadOnlyList<double> Shares { get; init; } = [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875];
}

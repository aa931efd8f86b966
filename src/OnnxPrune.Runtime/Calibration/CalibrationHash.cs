using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>The hash of calibration data: names, types, shapes and elements of every batch.</summary>
internal static class CalibrationHash
{
    /// <summary><c>sha256:</c> and 64 hexadecimal digits.</summary>
    public static string Of(CalibrationSet data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, tensor) in data.Batches.SelectMany(b => b.OrderBy(i => i.Key, StringComparer.Ordinal)))
        {
            hash.AppendData(
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name}:{tensor.Type}[{string.Join(',', tensor.Dims)}]")));
            hash.AppendData(tensor.Data);
        }
        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
